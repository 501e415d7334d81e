// Programs of other people that some tests run. `server/set-up.mjs` installs them where it may; where one is missing, the
// files of tests that come to it by their imports are left out, and one line says so.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, normalize } = require('node:path');

const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Debian's headless shell needs half the time of a whole browser. */
const BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** Path of the browser that tests use; undefined where there is none. */
const browserPath = () => process.env.CHROMIUM ?? BROWSERS.find(existsSync);

/** `packages`: Debian's. `usedBy`: the file that runs it for all others. */
const TOOLS = [
  {
    name: 'Chrome, Edge or Chromium',
    packages: ['chromium-headless-shell'],
    usedBy: 'test/support/programs/browser.ts',
    isHere: () => browserPath() !== undefined,
  },
  {
    name: 'qpdf',
    packages: ['qpdf'],
    usedBy: 'test/support/programs/qpdf.ts',
    isHere: () => runs('qpdf', '--version'),
  },
  {
    name: 'PyLD and OpenSSL',
    packages: ['python3-pyld', 'openssl'],
    usedBy: 'test/support/programs/python.ts',
    isHere: () => runs('/usr/bin/python3', '-c', 'import pyld') && runs('openssl', 'version'),
  },
];

/** Each tool that is missing, with the files of tests that cannot run without it. */
function missingTools() {
  const missing = TOOLS.filter(({ isHere }) => !isHere());
  if (missing.length === 0) return [];
  const imports = importsOfTests();
  return missing.map(tool => ({ ...tool, tests: usersOf(tool.usedBy, imports) }));
}

/** The files of tests that import a file, also by way of others. */
function usersOf(file, imports) {
  const users = new Set([file]);
  for (const user of users) for (const [name, imported] of imports) if (imported.has(user)) users.add(name);
  return [...users].filter(name => name.endsWith('.test.ts')).sort();
}

/** Which files each file of `test/` imports. */
const importsOfTests = () =>
  readdirSync('test', { recursive: true })
    .filter(name => name.endsWith('.ts'))
    .map(name => join('test', name))
    .map(name => [
      name,
      new Set([...readFileSync(name, 'utf8').matchAll(IMPORT)].map(([, to]) => pathOf(name, to))),
    ]);

const IMPORT = /(?:\bfrom |\bimport\()'(\.[^']+)'/g;
const pathOf = (name, to) => normalize(join(dirname(name), to)).replace(/\.js$/, '.ts');

/** The folder of PostgreSQL's newest programs, where Debian puts them; undefined where there are none. */
function postgresBinaries() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map(version => join(base, version, 'bin'))
    .find(folder => existsSync(join(folder, 'initdb')));
}

module.exports = { TOOLS, browserPath, missingTools, postgresBinaries };
