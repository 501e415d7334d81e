import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installed, mayInstall } from './debian.mjs';

const say = line => process.stdout.write(`${line}\n`);
const works = (command, args, options) =>
  spawnSync(command, args, { stdio: 'ignore', ...options }).status === 0;

/** What compiles a part in C++, and the commands by which it may go. */
const COMPILERS = {
  'g++': ['g++', 'c++', 'clang++'],
  make: ['make', 'gmake'],
  python3: ['python3', 'python'],
};

/**
 * Get the part of sqlite3 that is not JavaScript, unless it is there: fetched where its publisher can be reached, else compiled.
 * Ends the program with one sentence where neither is possible.
 */
export function sqlite(root) {
  const folder = join(root, 'node_modules', 'sqlite3');
  const binding = join(folder, 'build', 'Release', 'node_sqlite3.node');
  if (existsSync(binding)) return;
  // A fetched one may be made for a newer C library than this machine's.
  const isFetched =
    works(process.execPath, ['../prebuild-install/bin.js', '-r', 'napi'], { cwd: folder }) &&
    works(process.execPath, ['-e', 'require(process.argv[1])', binding]);
  if (!isFetched) compile(folder);
}

function compile(folder) {
  const missing = Object.keys(COMPILERS).filter(
    name => !COMPILERS[name].some(command => works(command, ['--version'])),
  );
  if (missing.length > 0) getCompilers(missing);
  const headers = headersOfNode();
  say('sqlite3 cannot be fetched ready-made here, so it is compiled: this takes one to two minutes …');
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'rebuild', '--', '--jobs=max'], {
    cwd: folder,
    env: { ...process.env, ...(headers && { npm_config_nodedir: headers }) },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return;
  say(`${stdout}\n${stderr}\nsqlite3 could not be compiled, for the reason above.`);
  process.exit(1);
}

function getCompilers(missing) {
  if (mayInstall()) {
    say(`Installing ${missing.join(', ')}, which compile sqlite3 …`);
    if (installed(missing)) return;
  }
  say(
    `sqlite3 must be compiled on this machine, which needs ${missing.join(', ')}: install them (on Debian, as root: apt-get install ${missing.join(' ')}) and run the command again.`,
  );
  process.exit(1);
}

/**
 * The folder with Node's headers: what npm is set to, or what stands beside Node. Where there are none node-gyp fetches them, which
 * fails on a closed network; Debian's own serve then, since sqlite3 uses Node-API alone, the same in each version. Null: node-gyp's.
 */
function headersOfNode() {
  const beside = dirname(dirname(process.execPath));
  if (configured() || hasHeaders(beside)) return configured() ?? beside;
  return mayInstall() && installed(['libnode-dev']) && hasHeaders('/usr') ? '/usr' : null;
}

const hasHeaders = folder => existsSync(join(folder, 'include', 'node', 'common.gypi'));

function configured() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' });
  const folder = stdout?.trim();
  return folder && folder !== 'undefined' ? folder : null;
}
