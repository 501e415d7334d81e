import { raiseCheckpoints, type Checkpoints } from '../../proof/certificates/ledger/checkpoints.js';
import { extentOfPublished, publishedHere } from '../../proof/certificates/ledger/published-here.js';
import { database } from '../../platform/db/connect.js';
import { inLane } from '../../platform/db/lanes.js';
import { LOCKS } from '../../platform/db/locks.js';
import { rows } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import type { Logger } from '../../platform/lib/log.js';
import { begunErasures, countBegunErasures } from '../../office/privacy/erasure/erasure-requests.js';

/** How often a server looks for what its data folder lacks (ms). */
const LOOK_EVERY = 2_000;

/**
 * Copy to the data folder what this database has published and the folder lacks, whichever process did it: the revocation that one
 * process signed must outlive its machine. Checkpoints only go up. Processes take turns, so that none of two that read and write the same
 * file puts an older one back. While the database itself is in doubt, it vouches for nothing.
 */
export async function keepMarks(checkpoints: Checkpoints): Promise<void> {
  const gap = checkpoints.gap();
  if (gap !== null && gap.acceptedAt === null) return;
  await inTransaction(async () => {
    if (database().dialect === 'postgres') await rows(sql`select pg_advisory_xact_lock(${LOCKS.marks})`);
    raiseCheckpoints(checkpoints, { ...(await publishedHere()), erasures: await begunErasures() });
  });
}

/** Look whether anything was published since the last look, and copy it. Each process has a watch of its own. */
export function marksWatch(checkpoints: Checkpoints): () => Promise<void> {
  let kept: string | null = null;
  return async () => {
    const extent = await inLane('jobs', async () =>
      [await extentOfPublished(), await countBegunErasures()].join(),
    );
    if (extent === kept) return;
    await keepMarks(checkpoints);
    kept = extent;
  };
}

/** Look again and again until `signal`. Where the folder cannot be written, the log says so once. */
export async function watchMarks(
  look: () => Promise<void>,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
  let told: string | null = null;
  while (!signal.aborted) {
    const problem = await look().then(
      () => null,
      (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
    );
    if (problem !== null && problem !== told)
      log.error({ problem }, 'the marks of what was published were not copied to DATA_DIR/published');
    told = problem;
    await new Promise(next => {
      setTimeout(next, LOOK_EVERY).unref();
    });
  }
}
