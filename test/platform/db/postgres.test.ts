import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import pg from 'pg';
import { database } from '../../../server/platform/db/connect.js';
import { READ_LANES, type ReadLane } from '../../../server/platform/db/lanes.js';
import { openPostgres } from '../../../server/platform/db/postgres.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { raw } from '../http/raw.js';
import { row } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';
import { onPostgresOnly } from '../../support/dialect.js';

/** A message of the protocol: its kind, its length, what it says. */
function message(kind: string, said: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(said.length + 4);
  return Buffer.concat([Buffer.from(kind), length, said]);
}

const WELCOME = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const SHUT_DOWN = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0'));

describe('a PostgreSQL server that shuts down', () => {
  ownWorld();
  it('while it greets us fails the query and nothing else', async () => {
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([WELCOME, READY, SHUT_DOWN])));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const { sequelize, read, close } = openPostgres(`postgres://nobody@127.0.0.1:${port}/none`);
    const asked = await Promise.allSettled([sequelize.authenticate(), read('pages', 'select 1', [])]);
    expect(asked.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    await close();
    await new Promise(done => server.close(done));
  });

  onPostgresOnly.it('under a running program costs at most a few responses', async () => {
    const pages = () => Promise.all(Array.from({ length: 8 }, () => raw('/verify/ABCD-EFGH-JKMN-PQRS')));
    await pages();
    await terminateAll();
    for (const { status } of await pages()) expect(status).to.be.oneOf([404, 503]);
    let { status } = await raw('/readyz');
    while (status !== 200) ({ status } = await raw('/readyz'));
  });
});

onPostgresOnly.describe('a connection to PostgreSQL', () => {
  ownWorld();

  it('never has statements compiled, whatever they are estimated to cost', async () => {
    const JIT = `select current_setting('jit') as jit`;
    const lanes = Object.keys(READ_LANES) as ReadLane[];
    const read = await Promise.all(lanes.map(lane => database().read(lane, JIT, [])));
    const written = await inTransaction(() => row<{ jit: string }>(JIT));
    expect([...read.flat(), written].map(each => (each as { jit: string }).jit)).to.deep.equal(
      [...lanes, 'a transaction'].map(() => 'off'),
    );
  });

  it('reads for a page in one process, which stops where the page is full', async () => {
    const MOST = `select current_setting('max_parallel_workers_per_gather') as workers`;
    expect(await database().read('pages', MOST, [])).to.deep.equal([{ workers: '0' }]);
  });
});

/** Ends every connection of the program to its database, as a restart of the server does. */
async function terminateAll(): Promise<void> {
  const client = new pg.Client({ connectionString: world().config.databaseUrl });
  await client.connect();
  const ended = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  expect(ended.rowCount).to.be.greaterThan(0);
  await client.end();
}
