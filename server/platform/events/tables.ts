import { bigint, defineTable, filled, id, integer, key, moment, nullable, text } from '../db/table.js';

/**
 * An event: a row of the audit log. Each organisation has a chain of its own, in which every row's hash covers the one before
 * it. Rows are only added, by `record` alone.
 */
export const Event = defineTable('events', {
  chain: key(text(36)),
  seq: key(bigint()),
  id: id(),
  name: text(60),
  payload: text(),
  actorId: nullable(id()),
  organisationId: nullable(id()),
  createdAt: moment(),
  previousHash: text(64),
  hash: text(64),
});

/** An event that was redacted when somebody was erased: its place and its hash stay, and it says nothing any more. */
export const EventRedaction = defineTable('event_redactions', {
  chain: key(text(36)),
  seq: key(bigint()),
  erasureId: id(),
  hash: text(64),
});

/** The last event of a chain. */
export const EventChain = defineTable('event_chains', {
  chain: key(text(36)),
  seq: bigint(),
  hash: text(64),
});

/** Work for the worker: one row for each reaction to an event, and for each run of a routine. */
export const Job = defineTable('jobs', {
  id: key(id()),
  reaction: text(80),
  eventId: nullable(id()),
  lane: filled(text<'awaited' | 'mail' | 'bulk' | 'files' | 'routine'>(10)),
  rank: filled(integer<0 | 1>()),
  dedupeKey: text(160),
  state: text<'ready' | 'running' | 'done' | 'failed' | 'given-up'>(10),
  runAt: moment(),
  attempts: filled(integer()),
  leaseUntil: nullable(moment()),
  fence: filled(integer()),
  failure: nullable(text<'away' | 'refused' | 'unknown' | 'too-long' | 'fault'>(10)),
  failingSince: nullable(moment()),
  lastError: nullable(text(500)),
  createdAt: moment(),
  finishedAt: nullable(moment()),
});

/** A lane whose service has been down at some time; `failingSince` is null once it answers again. */
export const JobLane = defineTable('job_lanes', {
  name: key(text<'awaited' | 'mail' | 'bulk' | 'files' | 'routine'>(10)),
  failingSince: nullable(moment()),
  failures: filled(integer()),
  pausedUntil: filled(moment()),
  lastError: nullable(text(500)),
});

/** The last run of a routine, and how many there have been: processes that share the database run it once. */
export const RoutineRun = defineTable('routines', {
  name: key(text(60)),
  lastRunAt: moment(),
  runs: integer(),
});
