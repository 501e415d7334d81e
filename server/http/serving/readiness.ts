import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inLane } from '../../db/lanes.js';
import { row, rows } from '../../db/rows.js';
import { sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import type { Logger } from '../../lib/log.js';
import { Heartbeat } from '../tables.js';

/** The inputs of the readiness check. The last two are in ms, and for tests. */
interface ReadinessOptions {
  readonly dataDir: string;
  readonly log: Logger;
  /** A clock that never goes back. */
  readonly elapsed?: () => number;
  readonly patience?: number;
}

/** An answer is reused for this long (ms): constant requests cause one write a second, not a thousand. */
const FRESH = 1_000;

/** A monitor gets its answer within this time (ms). */
const PATIENCE = 2_000;

/**
 * Tells whether what a learner sends now would be stored: it commits a row and writes a file, since a full disk still answers
 * every read. Never rejects. One check runs at a time: on a disk that hangs, more of them would occupy the threads that
 * everything else needs.
 */
export function readiness(options: ReadinessOptions): () => Promise<boolean> {
  const { elapsed = () => performance.now(), patience = PATIENCE } = options;
  let begun = -Infinity;
  let isChecking = false;
  let answer = Promise.resolve(false);

  function check(): void {
    begun = elapsed();
    isChecking = true;
    answer = canKeep(options).finally(() => {
      isChecking = false;
    });
  }

  return () => {
    if (!isChecking && elapsed() - begun >= FRESH) check();
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

/** In a lane of its own, whatever other reads are waiting for. */
const readRow = (): Promise<unknown> => inLane('health', () => row(sql`select 1`));

const writeRow = (): Promise<unknown> =>
  inTransaction(() =>
    rows(
      sql`insert into ${Heartbeat} (id, at) values (1, $1) on conflict (id) do update set at = excluded.at`,
      [Date.now()],
    ),
  );

/** More than the rest of a block that a full disk may still provide. */
const PROBE = Buffer.alloc(64 * 1024, 1);

async function writeFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600);
    // Some file systems report a full disk only when the data is flushed.
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
