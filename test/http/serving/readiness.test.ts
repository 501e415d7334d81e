import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { database } from '../../../server/db/connect.js';
import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { readiness } from '../../../server/http/serving/readiness.js';
import { createLogger } from '../../../server/lib/log.js';
import { ownWorld } from '../../support/world.js';

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
    expect(await look()()).to.equal(true);
    expect(await beats()).to.be.greaterThan(0);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is false on a full disk', async () => {
    // The kernel's own full disk: every write to it fails with ENOSPC.
    symlinkSync('/dev/full', join(folder, `.ready-${process.pid}`));
    expect(await look()()).to.equal(false);
    expect(logged.at(-1)).to.include('ENOSPC');
  });

  it('is false without the data folder', async () => {
    expect(await look({ dataDir: join(folder, 'gone') })()).to.equal(false);
  });

  it('is false while the database takes no writes', async () => {
    const ready = await withoutWrites(look());
    expect(ready).to.equal(false);
    expect(await look()()).to.equal(true);
  });

  it('is false while another connection holds the database', async () => {
    const { release, released } = await holdDatabase();
    const isReady = look({ patience: 20 });
    expect(await Promise.all([isReady(), isReady()])).to.deep.equal([false, false]);
    release();
    await released;
    expect(await look()()).to.equal(true);
  });

  it('writes at most once a second', async () => {
    let time = 0;
    const isReady = look({ elapsed: () => time });
    await isReady();
    await inTransaction(() => rows('delete from heartbeats'));
    expect(await isReady()).to.equal(true);
    expect(await beats()).to.equal(0);
    time = 1_000;
    await isReady();
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
