import { inTransaction } from '../../db/transaction.js';
import { laneNames, type Lane } from './job-lanes.js';
import {
  claim,
  finishJobs,
  MOST_DUE,
  whatIsDue,
  type ClaimedJob,
  type DueJobs,
  type Wanted,
} from './queue.js';

/** What a worker has done, and can do. */
export interface Pass {
  /** Jobs that it ran to their end. */
  readonly ended: readonly ClaimedJob[];
  /** How many more jobs of a lane it can run, once those have ended. */
  readonly roomIn: (lane: Lane) => number;
  /** Epoch ms. */
  readonly now: number;
  /** The clock is in doubt: whatever carries a date waits. */
  readonly isHeld?: boolean;
}

/** What came of a pass. */
export interface Passed {
  readonly claimed: readonly ClaimedJob[];
  /** What was due before anything was claimed. */
  readonly due: (lane: Lane) => DueJobs;
  /** More of a lane was due, as far as is known: what ends in it makes room for the next. */
  readonly isMoreIn: (lane: Lane) => boolean;
}

/**
 * Finish the jobs that ended, and claim those that there is room for: in one transaction, since most of the cost of each is
 * its commit. Where there is nothing to do, nobody who writes has to wait.
 */
export async function nextJobs({ ended, roomIn, now, isHeld = false }: Pass): Promise<Passed> {
  const due = await whatIsDue(now, isHeld);
  const isCrowded = countOf(due('awaited')) > roomIn('awaited');
  const ready = (lane: Lane) =>
    isCrowded && lane !== 'awaited' ? pressing(due(lane), now) : countOf(due(lane));
  // While its service is down, one job of a lane tries whether it is back.
  const most = (lane: Lane) => Math.min(roomIn(lane), ready(lane), due(lane).isFailing ? 1 : Infinity);
  const wanted = laneNames.map(lane => ({ lane, most: most(lane) })).filter(each => each.most > 0);
  const claimed = ended.length + wanted.length > 0 ? await exchange({ ended, wanted, due, now, isHeld }) : [];
  const isMoreIn = (lane: Lane) =>
    countOf(due(lane)) > Math.min(MOST_DUE - 1, claimed.filter(job => job.lane === lane).length);
  return { claimed, due, isMoreIn };
}

const exchange = ({
  ended,
  wanted,
  due,
  now,
  isHeld,
}: Required<Omit<Pass, 'roomIn'>> & Pick<Passed, 'due'> & { wanted: readonly Wanted[] }): Promise<
  ClaimedJob[]
> =>
  inTransaction(async () => {
    if (ended.length > 0) await finishJobs(ended, now, lane => due(lane).isFailing);
    return claim(wanted, now, isHeld);
  });

const countOf = ({ urgent, others }: DueJobs): number => urgent + others;

/** How long other work waits while more people wait for certificates than there is room for (ms). */
const PATIENCE = 10_000;

/** How many jobs of a lane begin all the same: what somebody waits for there, and of the rest one that has waited long enough. */
const pressing = ({ urgent, othersSince }: DueJobs, now: number): number =>
  urgent + Number(othersSince !== null && othersSince <= now - PATIENCE);
