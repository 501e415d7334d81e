import { inTransaction } from '../db/transaction.js';
import { laneNames, type Lane } from './job-lanes.js';
import { claim, dueLanes, finishJob, type ClaimedJob } from './queue.js';

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
  const due = await dueLanes(now);
  const open = laneNames.filter(lane => due.includes(lane) && roomIn(lane) > 0);
  if (ended.length === 0 && open.length === 0) return [];
  return inTransaction(async () => {
    for (const job of ended) await finishJob(job, now);
    const claimed = [];
    for (const lane of open) claimed.push(...(await claimSome(lane, roomIn(lane), now)));
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
