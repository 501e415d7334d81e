import { rows } from '../db/rows.js';
import { sql } from '../db/sql.js';
import { newId } from '../lib/ids.js';
import type { Lane } from './job-lanes.js';
import { Job } from './tables.js';

/** A reaction, as far as the queue has to know it. */
export interface QueuedReaction {
  readonly name: string;
  readonly lane: Lane;
  /** Somebody is waiting for it, so it goes before everything else in its lane. */
  readonly isAwaited?: boolean;
}

const ENQUEUE = sql`insert into ${Job} (id, reaction, event_seq, lane, rank, dedupe_key, state, run_at, created_at)
  values ($1, $2, $3, $4, $5, $6, 'ready', $7, $7) on conflict (dedupe_key) do nothing`;

/**
 * Put a job in the queue, due at `now` (ms). A second job with the same key changes nothing. What somebody is waiting for
 * goes before everything else in its lane. Joins the transaction.
 */
export async function enqueue(job: {
  reaction: string;
  eventSeq?: number;
  lane: Lane;
  dedupeKey: string;
  isAwaited?: boolean;
  now: number;
}): Promise<void> {
  const { reaction, eventSeq = null, lane, dedupeKey, isAwaited = false, now } = job;
  await rows(ENQUEUE, [newId(), reaction, eventSeq, lane, isAwaited ? 0 : 1, dedupeKey, now]);
}

/** Put the one job of a reaction to an event in the queue. Joins the transaction. */
export const enqueueReaction = (
  { name, lane, isAwaited = false }: QueuedReaction,
  eventSeq: number,
  now: number,
): Promise<void> =>
  enqueue({ reaction: name, eventSeq, lane, isAwaited, dedupeKey: `${name}:${eventSeq}`, now });
