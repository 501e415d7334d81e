import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { database } from '../../db/connect.js';
import { rows } from '../../db/rows.js';
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

const PARTS = ['database', 'data-folder'] as const;

/** What an answer needs, and cannot use now: the code of the fault (`ENOSPC`, `SQLITE_FULL`, …), or that nothing answered in time. */
export type Failing = { readonly [part in (typeof PARTS)[number]]?: string };

/** An answer is reused for this long (ms): constant requests cause one write a second, not a thousand. */
const FRESH = 1_000;

/** A monitor gets its answer within this time (ms). */
const PATIENCE = 2_000;

const NO_ANSWER = 'no-answer';

/**
 * Tells what prevents that a learner's answer would be stored now; nothing where it would be. It commits a row and writes a file, since
 * a full disk still answers every read. Never rejects. One check runs at a time: on a disk that hangs, more of them would occupy the
 * threads that everything else needs.
 */
export function readiness(options: ReadinessOptions): () => Promise<Failing> {
  const { elapsed = () => performance.now(), patience = PATIENCE } = options;
  let begun = -Infinity;
  let isChecking = false;
  let failing: Failing = {};
  let checked = Promise.resolve();

  function check(): void {
    begun = elapsed();
    isChecking = true;
    const found = new Map<string, string>(PARTS.map(part => [part, NO_ANSWER]));
    const tell = (part: (typeof PARTS)[number], work: Promise<void>) =>
      work
        .then(
          () => found.delete(part),
          (fault: unknown) => {
            found.set(part, codeOf(fault));
            options.log.error({ part, fault: String(fault) }, 'not ready: an answer could not be stored');
          },
        )
        .then(() => void (failing = Object.fromEntries(found)));
    failing = Object.fromEntries(found);
    const file = join(options.dataDir, `.ready-${process.pid}`);
    checked = Promise.all([tell('database', useDatabase()), tell('data-folder', writeFile(file))]).then(
      () => {
        isChecking = false;
      },
    );
  }

  return async () => {
    if (!isChecking && elapsed() - begun >= FRESH) check();
    await Promise.race([checked, passing(patience)]);
    return failing;
  };
}

/** The code that the system, the driver or the database gave the fault, or its cause. */
function codeOf(fault: unknown): string {
  const { code, parent, cause } = fault as { code?: unknown; parent?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  const within = parent ?? cause;
  return within ? codeOf(within) : 'fault';
}

/**
 * Reads as a page reads, by a prepared statement, and commits a row. It reads once more while the transaction holds its connection: a
 * pooler between us and the database that keeps no prepared statements answers the first read, and would fail every page.
 */
async function useDatabase(): Promise<void> {
  await readRow();
  await inTransaction(async () => {
    await writeRow();
    await readRow();
  });
}

/** In a lane of its own, whatever other reads are waiting for, and beside any transaction. */
const readRow = (): Promise<unknown> => database().read('health', 'select 1', []);

const writeRow = (): Promise<unknown> =>
  rows(
    sql`insert into ${Heartbeat} (id, at) values (1, $1) on conflict (id) do update set at = excluded.at`,
    [Date.now()],
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

const passing = (ms: number): Promise<void> =>
  new Promise(done => {
    setTimeout(done, ms).unref();
  });
