import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inLane } from '../db/lanes.js';
import { row, rows } from '../db/rows.js';
import { sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import type { Logger } from '../lib/log.js';
import { Heartbeat } from './tables.js';

/** What readiness is judged by. The last two are in ms, and for tests. */
interface ReadinessOptions {
  readonly dataDir: string;
  readonly log: Logger;
  /** A clock that never goes back. */
  readonly elapsed?: () => number;
  readonly patience?: number;
}

/** An answer is good for this long (ms): whoever asks without pause causes one write a second, not a thousand. */
const FRESH = 1_000;

/** Whoever watches is answered within two seconds (ms). */
const PATIENCE = 2_000;

/**
 * Tells whether what a learner sends now would be kept: a row is read and committed and a file is written, since a full disk
 * still answers every question that only reads. Never rejects. One look runs at a time: on a disk that hangs, more of
 * them would use up the threads that everything else waits for.
 */
export function readiness(options: ReadinessOptions): () => Promise<boolean> {
  const { elapsed = () => performance.now(), patience = PATIENCE } = options;
  let begun = -Infinity;
  let isLooking = false;
  let answer = Promise.resolve(false);

  function look(): void {
    begun = elapsed();
    isLooking = true;
    answer = canKeep(options).finally(() => {
      isLooking = false;
    });
  }

  return () => {
    if (!isLooking && elapsed() - begun >= FRESH) look();
    return Promise.race([answer, late(patience)]);
  };
}

async function canKeep({ dataDir, log }: ReadinessOptions): Promise<boolean> {
  try {
    await Promise.all([readRow(), writeRow(), writeFile(join(dataDir, `.ready-${process.pid}`))]);
    return true;
  } catch (fault) {
    log.error({ fault: String(fault) }, 'not ready: nothing can be written');
    return false;
  }
}

/** Past whatever keeps other readers busy. */
const readRow = (): Promise<unknown> => inLane('health', () => row(sql`select 1`));

const writeRow = (): Promise<unknown> =>
  inTransaction(() =>
    rows(
      sql`insert into ${Heartbeat} (id, at) values (1, $1) on conflict (id) do update set at = excluded.at`,
      [Date.now()],
    ),
  );

/** More than the end of a page that a full disk may still have to give. */
const PROBE = Buffer.alloc(64 * 1024, 1);

async function writeFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600);
    // Some file systems say only when they are asked to be done that there was no room.
    await file
      .write(PROBE)
      .then(() => file.datasync())
      .finally(() => file.close());
  } finally {
    await rm(path, { force: true });
  }
}

const late = (ms: number): Promise<false> =>
  new Promise(done => {
    setTimeout(() => done(false), ms).unref();
  });
