import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { database } from '../../../../server/platform/db/connect.js';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { readiness } from '../../../../server/platform/http/serving/readiness.js';
import { createLogger } from '../../../../server/platform/lib/log.js';
import { onPostgresOnly } from '../../../support/dialect.js';
import { ownWorld } from '../../../support/world.js';

describe('readiness', () => {
  ownWorld();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ready-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const logged: string[] = [];
  const log = createLogger('error', { write: line => void logged.push(line) });
  const look = (more: { dataDir?: string; elapsed?: () => number; patience?: number } = {}) =>
    readiness({ dataDir: folder, log, ...more });
  const beats = async () => (await row<{ at: number }>('select at from heartbeats'))?.at ?? 0;

  it('writes a row and a file, and leaves no file', async () => {
    await inTransaction(() => rows('delete from heartbeats'));
    expect(await look()()).to.deep.equal({});
    expect(await beats()).to.be.greaterThan(0);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('names the folder and the code on a full disk', async () => {
    // The kernel's own full disk: every write to it fails with ENOSPC.
    symlinkSync('/dev/full', join(folder, `.ready-${process.pid}`));
    expect(await look()()).to.deep.equal({ 'data-folder': 'ENOSPC' });
    expect(logged.at(-1)).to.include('ENOSPC');
  });

  it('names the data folder where there is none', async () => {
    expect(await look({ dataDir: join(folder, 'gone') })()).to.deep.equal({ 'data-folder': 'ENOENT' });
  });

  it('names the database while it takes no writes', async () => {
    expect(Object.keys(await withoutWrites(look()))).to.deep.equal(['database']);
    expect(await look()()).to.deep.equal({});
  });

  it('names the database while another connection holds it', async () => {
    const { release, released } = await holdDatabase();
    const failing = look({ patience: 20 });
    const late = { database: 'no-answer' };
    for (const found of await Promise.all([failing(), failing()])) expect(found).to.include(late);
    release();
    await released;
    expect(await look()()).to.deep.equal({});
  });

  onPostgresOnly.it(
    'names the database where prepared statements are lost, as behind a pooler without them',
    async () => {
      expect(await look()()).to.deep.equal({});
      await database().read('health', 'deallocate all', []);
      // invalid_sql_statement_name
      expect(await look()()).to.deep.equal({ database: '26000' });
      expect(await look()()).to.deep.equal({});
    },
  );

  it('writes at most once a second', async () => {
    let time = 0;
    const failing = look({ elapsed: () => time });
    await failing();
    await inTransaction(() => rows('delete from heartbeats'));
    expect(await failing()).to.deep.equal({});
    expect(await beats()).to.equal(0);
    time = 1_000;
    await failing();
    expect(await beats()).to.be.greaterThan(0);
  });
});

/** While `use` runs, nothing can be written where readiness writes. */
async function withoutWrites<T>(use: () => Promise<T>): Promise<T> {
  await inTransaction(() => rows('alter table heartbeats rename to others'));
  try {
    return await use();
  } finally {
    await inTransaction(() => rows('alter table others rename to heartbeats'));
  }
}

/** A transaction that blocks other writes until it is released. */
async function holdDatabase(): Promise<{ release: () => void; released: Promise<void> }> {
  let release = () => undefined as void;
  const until = new Promise<void>(done => (release = done));
  let released = Promise.resolve();
  await new Promise<void>(holds => {
    released = inTransaction(async () => {
      if (database().dialect === 'postgres') await rows('lock table heartbeats in exclusive mode');
      holds();
      await until;
    });
  });
  return { release, released };
}
