import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { elsewhere } from './support/programs/elsewhere.js';
import { startProgram, type Started } from './support/programs/program.js';
import { onPostgresOnly, onSqliteOnly } from './support/dialect.js';

/** What became of a request: answered from beginning to end, never begun, or broken off after its beginning. */
type Outcome = 'whole' | 'refused' | 'cut';

describe('the program, told to stop', function () {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'safe-passage-stop-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The program on this database; whatever happens, it does not outlive `use`. */
  async function started(url: string, use: (program: Started) => Promise<void>): Promise<void> {
    const program = await startProgram({ DATA_DIR: join(folder, 'data'), DATABASE_URL: url });
    try {
      await use(program);
    } finally {
      program.signal('SIGKILL');
      await program.ended;
    }
  }

  onSqliteOnly.it(
    'interrupts no answer to a client that keeps asking, and leaves everything in the one file of SQLite',
    async () => {
      const file = join(folder, 'own.sqlite');
      await started(`sqlite:${file}`, stoppedUnderLoad);
      expect(readdirSync(folder).filter(name => name.startsWith('own.'))).to.deep.equal(['own.sqlite']);
      await elsewhere(async ({ url, run }) => {
        copyFileSync(file, url.slice('sqlite:'.length));
        const found = await run('read', 'select count(*) > 0 as here from course_versions');
        expect(JSON.parse(found[0] ?? '{}')).to.deep.equal({ here: 1 });
      }, 'sqlite');
    },
  );

  onPostgresOnly.it('interrupts no answer to a client that keeps asking on PostgreSQL', async () => {
    await elsewhere(({ url }) => started(url, stoppedUnderLoad));
  });

  onSqliteOnly.it('stops at once when it is told twice, and logs what it interrupted', async () => {
    await started(`sqlite:${join(folder, 'own.sqlite')}`, async program => {
      const socket = await unfinishedRequest(program.base);
      // Within half a second it takes them for one.
      const again = setInterval(() => program.signal('SIGINT'), 100);
      expect(await program.ended).to.equal(1);
      clearInterval(again);
      socket.destroy();
      expect(program.out()).to.include('"requests":1');
    });
  });
});

/** Forty keep asking when it is told to stop: each is answered from beginning to end, or refused. */
async function stoppedUnderLoad(program: Started): Promise<void> {
  const asking = Array.from({ length: 40 }, () => askUntilRefused(program.base));
  await Promise.race(asking.map(({ first }) => first));
  program.signal('SIGTERM');
  const outcomes = (await Promise.all(asking.map(({ all }) => all))).flat();
  expect(await program.ended, program.out()).to.equal(0);
  expect(new Set(outcomes)).to.deep.equal(new Set<Outcome>(['whole', 'refused']));
}

/** Sends one request after the other on a connection that is kept, until one is refused. */
function askUntilRefused(base: string): { first: Promise<Outcome>; all: Promise<Outcome[]> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = askOnce(base, agent);
  const all = (async () => {
    const outcomes = [await first];
    while (outcomes.at(-1) === 'whole') outcomes.push(await askOnce(base, agent));
    agent.destroy();
    return outcomes;
  })();
  return { first, all };
}

function askOnce(base: string, agent: Agent): Promise<Outcome> {
  return new Promise(done => {
    request(`${base}/courses`, { agent }, answer => {
      answer.on('error', () => done('cut'));
      answer.resume().on('end', () => done('whole'));
    })
      .on('error', () => done('refused'))
      .end();
  });
}

/** A form whose end never comes, after the server has begun to read it. */
async function unfinishedRequest(base: string): Promise<Socket> {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.write(
    'POST /sign-in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nSec-Fetch-Site: same-origin\r\n' +
      'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}
