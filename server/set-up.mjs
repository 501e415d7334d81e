// What `npm start` and `npm test` need before the TypeScript can run: plain JavaScript, nothing installed.
// Does only what is missing or out of date, and says what it does.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = line => process.stdout.write(`${line}\n`);

/** What the command says is shown as it comes. Throws when it fails; what cannot be done without ends here, in one line. */
const attempt = (command, args) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });
const run = (command, args) => {
  try {
    attempt(command, args);
  } catch {
    say(`This command failed, for the reason above: ${[command, ...args].join(' ')}`);
    process.exit(1);
  }
};

checkNode();
packages();
if (process.argv[2] === 'build') build();
offline();
if (process.argv[2] === 'browser') {
  browser();
  auditTools();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Safe Passage needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installed packages match the lock file, or are installed afresh. Development packages too: they build. */
function packages() {
  const wanted = digest(['package.json', 'package-lock.json']);
  if (stamped('node_modules/.set-up', wanted)) return;
  say('Installing packages (the first time takes about a minute) …');
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  stamp('node_modules/.set-up', wanted);
}

function build() {
  const sources = [
    ...files('server'),
    ...files('migrations'),
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
  ];
  const wanted = digest(sources);
  if (stamped('dist/.set-up', wanted)) return;
  say('Building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
  stamp('dist/.set-up', wanted);
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
  const hash = createHash('sha256').update(process.version);
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
