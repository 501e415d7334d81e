import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type sqlite3 from 'sqlite3';
import { database } from '../../../server/platform/db/connect.js';
import type { Read } from '../../../server/platform/db/lanes.js';
import { closeConnection, openConnection } from '../../../server/platform/db/sqlite-connection.js';
import { openReaders, type ReaderPool } from '../../../server/platform/db/sqlite-readers.js';
import { TooSlow, Unavailable } from '../../../server/errors.js';
import { elsewhere } from '../../support/programs/elsewhere.js';
import { dina } from '../../support/people.js';
import { ownWorld } from '../../support/world.js';

const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as n from n';
const LONG = 3_600_000;
const isSlow = (thrown: Error | null) =>
  thrown instanceof TooSlow || (thrown as { code?: string } | null)?.code === 'SQLITE_INTERRUPT';
const fault = (work: Promise<unknown>) => work.then(() => null).catch((thrown: unknown) => thrown as Error);

describe('endless reads', () => {
  it('hold up no page, health check or write, and end when the database closes', async () => {
    await elsewhere(async ({ run }) => {
      await run('up');
      expect(await run('crowd')).to.deep.equal(['pages 20', 'health 1', 'written 7', 'cut off 6']);
    });
  });
});

describe('pages with large reads', () => {
  ownWorld();
  /** The lanes in which this work read. */
  async function lanesOf(work: () => Promise<unknown>): Promise<Set<string>> {
    const watched = database() as { read: Read };
    const { read } = watched;
    const lanes = new Set<string>();
    watched.read = (lane, sql, params) => (lanes.add(lane), read(lane, sql, params));
    await work().finally(() => (watched.read = read));
    return lanes;
  }

  it('use a lane of their own', async () => {
    const { browser } = await dina();
    for (const path of ['/admin/statistics', '/admin/signals', '/admin/follow-up', '/admin/rulings'])
      expect(await lanesOf(() => browser.get(path)), path).to.include('reports');
    for (const path of ['/admin', '/admin/people', '/learning'])
      expect(await lanesOf(() => browser.get(path)), path).to.not.include('reports');
    expect(await lanesOf(() => browser.get('/readyz'))).to.include('health');
  });
});

describe('the readers of a lane on SQLite', () => {
  let folder: string;
  let pool: ReaderPool;
  const open = async (size: number, limit: number) => {
    pool = await openReaders(join(folder, 'own.sqlite'), size, limit);
    return pool;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'readers-'));
    const file = join(folder, 'own.sqlite');
    writeFileSync(file, '');
    await closeConnection(await openConnection(file, { isReader: false }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('go on with the next statement while one is slow', async () => {
    const { read, close } = await open(2, LONG);
    const slow = fault(read(ENDLESS, []));
    for (let n = 0; n < 5; n += 1) expect(await read('select $1 as n', [n])).to.deep.equal([{ n }]);
    await close();
    expect(await slow).to.include({ code: 'SQLITE_INTERRUPT' });
  });

  it('interrupt a statement at its time limit, and go on', async () => {
    const { read, close } = await open(1, 50);
    expect(await fault(read(ENDLESS, []))).to.include({ code: 'SQLITE_INTERRUPT' });
    // On a busy machine, even this may take longer.
    let found: unknown[] | null = null;
    while (!found) found = await read('select 1 as one', []).catch(() => null);
    expect(found).to.deep.equal([{ one: 1 }]);
    await close();
  });

  it('also time out statements that wait', async () => {
    const { read, close } = await open(1, 50);
    const faults = await Promise.all([1, 2, 3].map(() => fault(read(ENDLESS, []))));
    for (const thrown of faults) expect(thrown).to.satisfy(isSlow);
    await close();
  });

  it('reject waiting statements when they are closed', async () => {
    const { read, close } = await open(1, LONG);
    const [slow, waiting] = [fault(read(ENDLESS, [])), fault(read('select 1 as one', []))];
    await close();
    expect(await slow).to.include({ code: 'SQLITE_INTERRUPT' });
    expect(await waiting).to.be.instanceOf(Unavailable);
  });

  it('report a statement that is left open at closing', async () => {
    const connection = await openConnection(join(folder, 'own.sqlite'), { isReader: true });
    const open = await new Promise<sqlite3.Statement>(done => {
      const opening: sqlite3.Statement = connection.prepare('select 1', () => done(opening));
    });
    expect(await fault(closeConnection(connection))).to.include({ code: 'SQLITE_BUSY' });
    await new Promise<void>(done => open.finalize(() => done()));
    await closeConnection(connection);
  });

  it('finalise statements that they no longer cache, and leave no file behind', async () => {
    const { read, close } = await open(1, LONG);
    for (let n = 0; n < 350; n += 1) expect(await read(`select ${n} as n`, [])).to.deep.equal([{ n }]);
    expect(await read('select 0 as n', [])).to.deep.equal([{ n: 0 }]);
    await close();
    expect(existsSync(join(folder, 'own.sqlite-wal'))).to.equal(false);
  });
});
