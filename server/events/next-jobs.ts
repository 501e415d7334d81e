import { inTransaction } from '../db/transaction.js';
import { laneNames, type Lane } from './job-lanes.js';
import { claim, countDue, finishJobs, type ClaimedJob } from './queue.js';

/** What a worker has done, and can do. */
export interface Pass {
  /** Jobs that it ran to their end. */
  readonly ended: readonly ClaimedJob[];
  /** How many more jobs of a lane it can run, once those have ended. */
  readonly roomIn: (lane: Lane) => number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Finish the jobs that ended, and claim those that there is room for: in one transaction, since most of the cost of each is
 * its commit. Where there is nothing to do, nobody who writes has to wait. Returns the jobs that were claimed.
 */
export async function nextJobs({ ended, roomIn, now }: Pass): Promise<readonly ClaimedJob[]> {
  const due = await countDue(now);
  const wanted = laneNames.map(lane => ({ lane, most: Math.min(due(lane), roomIn(lane)) }));
  if (ended.length === 0 && wanted.every(({ most }) => most <= 0)) return [];
  return inTransaction(async () => {
    if (ended.length > 0) await finishJobs(ended, now);
    const claimed = [];
    for (const { lane, most } of wanted) claimed.push(...(await claimSome(lane, most, now)));
    return claimed;
  });
}

async function claimSome(lane: Lane, most: number, now: number): Promise<ClaimedJob[]> {
  const claimed: ClaimedJob[] = [];
  while (claimed.length < most) {
    const job = await claim(lane, now);
    if (!job) break;
    claimed.push(job);
  }
  return claimed;
}
