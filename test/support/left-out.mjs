import tools from './tools.cjs';

/** After a run: which tests were left out, why, and what to install. Tells nothing where nothing was. */
export const mochaGlobalTeardown = () => {
  const missing = tools.missingTools();
  if (missing.length === 0) return;
  const told = missing.map(
    ({ name, packages, tests }) =>
      `${tests.length} files that need ${name} (Debian: apt-get install ${packages.join(' ')}): ${tests.join(', ')}`,
  );
  process.stdout.write(`Left out: ${told.join('; ')}\n`);
};
