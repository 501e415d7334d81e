// What the commands in package.json need before the program can run: plain JavaScript, nothing installed.
// Does only what is missing or out of date, and says what it does.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Tells which packages are installed: `production` or `all`, and the digest of their lock file. */
const STAMP = 'node_modules/.set-up';
/** Scripts of packages do not run: the one that has to, sqlite3's, runs below, where it can be told what it is doing. */
const QUIETLY = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const say = line => process.stdout.write(`${line}\n`);

/** Shows the command's output as it comes. Throws when it fails; `run` ends the program instead. */
const attempt = (command, args, cwd = root) => execFileSync(command, args, { cwd, stdio: 'inherit' });
const run = (command, args, cwd) => {
  try {
    attempt(command, args, cwd);
  } catch {
    say(`This command failed, for the reason above: ${[command, ...args].join(' ')}`);
    process.exit(1);
  }
};

/**
 * `build` is for running the program, `develop` for working on it, `test` for its tests. Of the last, `packages` does the
 * first part, which is enough for the checks that run nothing, and `compile` one that is needed again when sources changed.
 */
const MODES = {
  build: [() => packages('production'), sqlite, build, offline],
  develop: [() => packages('all'), viewTypes, sqlite, build, offline],
  test: [() => packages('all'), viewTypes, sqlite, build, offline, browser, auditTools],
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

/** The one package with a part that may have to be compiled here. */
function sqlite() {
  const folder = join(root, 'node_modules', 'sqlite3');
  if (existsSync(join(folder, 'build', 'Release', 'node_sqlite3.node'))) return;
  try {
    execFileSync(process.execPath, ['../prebuild-install/bin.js', '-r', 'napi'], {
      cwd: folder,
      stdio: 'ignore',
    });
  } catch {
    say('A prebuilt sqlite3 cannot be fetched here, so it is compiled: this takes one to two minutes …');
    compileSqlite(folder);
  }
}

/** What the compiler prints is long, and shown only when it fails. */
function compileSqlite(folder) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'rebuild', '--', '--jobs=max'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  say(`${stdout}\n${stderr}\nsqlite3 could not be compiled. It needs Python 3, make and a C++ compiler.`);
  process.exit(1);
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
    'server/http/view-types.mjs',
  ]);
  if (stamped('dist/views/.set-up', wanted)) return;
  const { writeViewTypes } = await import('./http/view-types.mjs');
  writeViewTypes(root);
  stamp('dist/views/.set-up', wanted);
}

/** The program and the page that check certificates without us. */
function offline() {
  const wanted = digest([
    ...files('server/certificates'),
    ...files('server/open-badges'),
    ...files('server/lib'),
    'package-lock.json',
  ]);
  if (stamped('dist/offline/.set-up', wanted)) return;
  run(process.execPath, ['server/certificates/offline/build.mjs']);
  stamp('dist/offline/.set-up', wanted);
}

/** The journeys run in Chromium. Where it is missing and may be installed, Debian's is. */
function browser() {
  if ([process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].some(existsSync))
    return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say(
      'The browser tests need Chromium. Install it (on Debian: apt-get install chromium-headless-shell) or set CHROMIUM to its path.',
    );
    process.exit(1);
  }
  say('Installing Chromium for the browser tests …');
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell']);
}

/** The commands of an audit pack are run with Debian's PyLD. Where it cannot be had, those tests say so and are left out. */
function auditTools() {
  if (existsSync('/usr/lib/python3/dist-packages/pyld')) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('Installing PyLD for the tests of the audit pack …');
  try {
    attempt('apt-get', ['update', '-q']);
    attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'python3-pyld', 'openssl']);
  } catch {
    say('PyLD could not be installed.');
  }
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
