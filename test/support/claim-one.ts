import type { Lane } from '../../server/platform/events/jobs/job-lanes.js';
import { claim, type ClaimedJob } from '../../server/platform/events/jobs/queue.js';

/** Claim the next due job of a lane, or null. */
export const claimOne = async (lane: Lane, now: number): Promise<ClaimedJob | null> =>
  (await claim([{ lane, most: 1 }], now))[0] ?? null;
