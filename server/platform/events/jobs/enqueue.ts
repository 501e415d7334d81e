import { insertAllOnce } from '../../db/rows.js';
import { newId } from '../../lib/ids.js';
import type { Lane } from './job-lanes.js';
import { Job } from '../tables.js';

/** A reaction, as far as the queue has to know it. */
export interface QueuedReaction {
  readonly name: string;
  readonly lane: Lane;
  /** Somebody is waiting for it, so it goes before everything else in its lane. */
  readonly isAwaited?: boolean;
}

/** A job to put in the queue. */
export interface NewJob {
  readonly reaction: string;
  readonly eventId?: string;
  readonly lane: Lane;
  readonly dedupeKey: string;
  readonly isAwaited?: boolean;
  /** When it is due (ms). */
  readonly now: number;
}

/**
 * Put jobs in the queue. A second job with the same key changes nothing. What somebody is waiting for goes
 * before everything else in its lane. Joins the transaction.
 */
export const enqueueAll = (jobs: readonly NewJob[]): Promise<unknown> =>
  insertAllOnce(
    Job,
    jobs.map(({ reaction, eventId = null, lane, dedupeKey, isAwaited = false, now }) => ({
      id: newId(),
      ...{ reaction, eventId, lane, rank: isAwaited ? 0 : 1, dedupeKey },
      ...{ state: 'ready', runAt: now, createdAt: now },
    })),
  );

/** Put one job in the queue. */
export const enqueue = (job: NewJob): Promise<unknown> => enqueueAll([job]);

/** The one job of a reaction to an event. */
export const jobOf = (
  { name, lane, isAwaited = false }: QueuedReaction,
  { eventId, now }: { eventId: string; now: number },
): NewJob => ({
  ...{ reaction: name, eventId, lane, isAwaited, now },
  dedupeKey: `${name}:${eventId}`,
});
