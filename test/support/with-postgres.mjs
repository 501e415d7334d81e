// Runs a command with DATABASE_URL set to a PostgreSQL server: the one already named there, or a throw-away
// one made from the installed binaries, which ends with the command.
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tools from './tools.cjs';

const [command, ...args] = process.argv.slice(2);
const run = url =>
  spawnSync(join('node_modules/.bin', command), args, {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  }).status ?? 1;

if (/^postgres/.test(process.env.DATABASE_URL ?? '')) process.exit(run(process.env.DATABASE_URL));

const binaries = tools.postgresBinaries();
if (!binaries) {
  process.stderr.write(
    'PostgreSQL is not installed here. Install it (on Debian: apt-get install postgresql) or set DATABASE_URL.\n',
  );
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'safe-passage-pg-'));
// PostgreSQL refuses to run as root; its own account exists wherever Debian's package is.
const account = process.getuid?.() === 0 ? ids('postgres') : {};
if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
const port = await freePort();
const pg = (name, ...rest) =>
  execFileSync(join(binaries, name), rest, {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

let status = 1;
try {
  pg('initdb', '-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
  pg(
    'pg_ctl',
    '-D',
    join(folder, 'data'),
    '-w',
    '-l',
    join(folder, 'log'),
    '-o',
    // What it holds is not needed after a crash. A process of tests may use two dozen connections.
    `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=300`,
    'start',
  );
  status = run(`postgres://postgres@127.0.0.1:${port}/postgres`);
} finally {
  if (existsSync(join(folder, 'data', 'postmaster.pid')))
    pg('pg_ctl', '-D', join(folder, 'data'), '-m', 'immediate', 'stop');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);

function ids(name) {
  const id = flag => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => done(free));
    });
  });
}
