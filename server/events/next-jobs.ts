import { inTransaction } from '../db/transaction.js';
import { laneNames, type Lane } from './job-lanes.js';
import { claim, finishJobs, whatIsDue, type ClaimedJob, type DueJobs } from './queue.js';

/** What a worker has done, and can do. */
export interface Pass {
  /** Jobs that it ran to their end. */
  readonly ended: readonly ClaimedJob[];
  /** How many more jobs of a lane it can run, once those have ended. */
  readonly roomIn: (lane: Lane) => number;
  /** Epoch ms. */
  readonly now: number;
}

/** What came of a pass. */
export interface Passed {
  readonly claimed: readonly ClaimedJob[];
  /** What was due before anything was claimed. */
  readonly due: (lane: Lane) => DueJobs;
}

/**
 * Finish the jobs that ended, and claim those that there is room for: in one transaction, since most of the cost of each is
 * its commit. Where there is nothing to do, nobody who writes has to wait.
 */
export async function nextJobs({ ended, roomIn, now }: Pass): Promise<Passed> {
  const due = await whatIsDue(now);
  const isCrowded = countOf(due('awaited')) > roomIn('awaited');
  const wanted = laneNames.map(lane => ({
    lane,
    most: Math.min(
      roomIn(lane),
      isCrowded && lane !== 'awaited' ? pressing(due(lane), now) : countOf(due(lane)),
    ),
  }));
  if (ended.length === 0 && wanted.every(({ most }) => most <= 0)) return { claimed: [], due };
  const claimed = await inTransaction(async () => {
    if (ended.length > 0) await finishJobs(ended, now, lane => due(lane).isFailing);
    const taken = [];
    for (const { lane, most } of wanted) taken.push(...(await claimSome(lane, most, now)));
    return taken;
  });
  return { claimed, due };
}

const countOf = ({ urgent, others }: DueJobs): number => urgent + others;

/** How long other work waits while more people wait for certificates than there is room for (ms). */
const PATIENCE = 10_000;

/** How many jobs of a lane begin all the same: what somebody waits for there, and of the rest one that has waited long enough. */
const pressing = ({ urgent, othersSince }: DueJobs, now: number): number =>
  urgent + Number(othersSince !== null && othersSince <= now - PATIENCE);

async function claimSome(lane: Lane, most: number, now: number): Promise<ClaimedJob[]> {
  const claimed: ClaimedJob[] = [];
  while (claimed.length < most) {
    const job = await claim(lane, now);
    if (!job) break;
    claimed.push(job);
  }
  return claimed;
}
