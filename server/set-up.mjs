// What the commands in package.json need before the program can run: plain JavaScript, nothing installed.
// Does only what is missing or out of date, and says what it does.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed, mayInstall } from './set-up/debian.mjs';
import { sqlite } from './set-up/sqlite.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Tells which packages are installed: `production` or `all`, and the digest of their lock file. */
const STAMP = 'node_modules/.set-up';
/** Scripts of packages do not run: the one that has to, sqlite3's, runs below, where it can be told what it is doing. */
const QUIETLY = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const say = line => process.stdout.write(`${line}\n`);

/** Run a command and show its output as it comes. Ends the program when it fails. */
const run = (command, args) => {
  try {
    execFileSync(command, args, { cwd: root, stdio: 'inherit' });
  } catch {
    say(`This command failed, for the reason above: ${[command, ...args].join(' ')}`);
    process.exit(1);
  }
};

/**
 * `build` is for running the program, `develop` for working on it, `test` and `postgres` for its tests. Of these, `packages` does
 * the first part, which is enough for the checks that run nothing, and `compile` one that is needed again when sources changed.
 */
const develop = [() => packages('all'), viewTypes, () => sqlite(root), build, offline];
const MODES = {
  build: [() => packages('production'), () => sqlite(root), build, offline],
  develop,
  test: [...develop, tools],
  postgres: [...develop, tools, postgres],
  packages: [() => packages('all'), viewTypes],
  compile: [viewTypes, build],
};

checkNode();
for (const step of MODES[process.argv[2]]) await step();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Safe Passage needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Installs the packages of the lock file unless they are there: those that build and run the program, or all. All stay
 * when only the program is started. Native parts use Node-API, so another Node needs no new ones.
 */
function packages(wanted) {
  const kind = wanted === 'all' || existsSync(join(root, 'node_modules', 'mocha')) ? 'all' : 'production';
  const stampOf = kind => `${kind} ${digest(['package-lock.json'])}`;
  if (stamped(STAMP, stampOf(kind))) return;
  say(`Installing ${kind === 'all' ? 'all packages' : 'the packages that it runs with'} …`);
  // What a set-up that was not cut short left is kept where it is still right: `npm ci` begins with nothing.
  const install = existsSync(join(root, STAMP)) ? ['install', '--no-save'] : ['ci'];
  rmSync(join(root, STAMP), { force: true });
  run('npm', [...install, kind === 'all' ? '--include=dev' : '--omit=dev', ...QUIETLY]);
  stamp(STAMP, stampOf(kind));
}

/**
 * Turns TypeScript into JavaScript without checking it: that is what `npm run check` is for. Tests start a process of
 * their own beside the program, from `test/support/`.
 */
async function build() {
  const sources = [...files('server'), ...files('migrations'), ...files('test/support')].filter(name =>
    /(?<!\.d)\.(ts|json)$/.test(name),
  );
  const wanted = digest([...sources, 'package-lock.json']);
  if (stamped('dist/.set-up', wanted)) return;
  say('Building …');
  for (const folder of ['server', 'migrations', 'test'])
    rmSync(join(root, 'dist', folder), { recursive: true, force: true });
  const { build: compile } = await import('esbuild');
  await compile({
    absWorkingDir: root,
    entryPoints: sources,
    outbase: '.',
    outdir: 'dist',
    format: 'esm',
    target: 'node20.19',
    loader: { '.json': 'copy' },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  stamp('dist/.set-up', wanted);
}

/** Types for the compiler of what each template takes: `tsc` and the linter need them, the program does not. */
async function viewTypes() {
  const wanted = digest([
    ...files('views').filter(name => name.endsWith('.ejs')),
    'server/platform/http/view-types.mjs',
  ]);
  if (stamped('dist/views/.set-up', wanted)) return;
  const { writeViewTypes } = await import('./platform/http/view-types.mjs');
  writeViewTypes(root);
  stamp('dist/views/.set-up', wanted);
}

/** The program and the page that check certificates without us. */
function offline() {
  const wanted = digest([
    ...files('server/proof/certificates'),
    ...files('server/proof/open-badges'),
    ...files('server/platform/lib'),
    'package-lock.json',
  ]);
  if (stamped('dist/offline/.set-up', wanted)) return;
  run(process.execPath, ['server/proof/certificates/offline/build.mjs']);
  stamp('dist/offline/.set-up', wanted);
}

/**
 * Install the programs of other people that tests run, where this user may. Where not, their tests are left out, and the run says
 * which (`test/support/left-out.mjs`).
 */
async function tools() {
  const { default: table } = await import('../test/support/tools.cjs');
  install(table.TOOLS.filter(({ isHere }) => !isHere()));
}

/** Install PostgreSQL, where this user may; `with-postgres.mjs` says what to do where not. */
async function postgres() {
  const { default: table } = await import('../test/support/tools.cjs');
  if (!process.env.DATABASE_URL && !table.postgresBinaries())
    install([{ name: 'PostgreSQL', packages: ['postgresql'] }]);
}

function install(missing) {
  if (missing.length === 0 || !mayInstall()) return;
  say(`Installing ${missing.map(({ name }) => name).join(', ')} for the tests …`);
  installed(missing.flatMap(({ packages }) => packages));
}

function files(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function digest(names) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const name of names) hash.update(name).update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function stamped(file, wanted) {
  return existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8') === wanted;
}

function stamp(file, value) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), value);
}
