import type { EventName, RecordedEvent } from './event-payloads.js';
import type { Lane } from './jobs/job-lanes.js';

/** What most work needs from outside: the time, in epoch milliseconds. */
export interface Clocked {
  readonly clock: () => number;
}

/** What somebody does about an event. Idempotent, since it may run again after a crash. */
export type React<N extends EventName, Deps> = (event: RecordedEvent<N>, deps: Deps) => Promise<unknown>;

/** Work that follows from an event. */
export interface Reaction<Deps> {
  readonly on: EventName;
  /** Where its jobs wait. */
  readonly lane: Lane;
  /** Somebody waits for it at a screen. */
  readonly isAwaited: boolean;
  /** Events put it in the queue; if not, only jobs of an earlier version ask for it. */
  readonly isQueued: boolean;
  /** It waits while the clock is in doubt. */
  readonly isDated: boolean;
  /** It makes a certificate for somebody who has completed a course. */
  readonly isAwarding: boolean;
  readonly does: React<EventName, Deps>;
}

/**
 * The reactions of a slice, by their names. A name is never used again for other work: jobs in the queue know their work by
 * it.
 */
export type Reactions<Deps> = Readonly<Record<string, Reaction<Deps>>>;

/** Reactions that have what they need from outside, by their names. */
export type ReadyReactions = Readonly<Record<string, (event: RecordedEvent) => Promise<unknown>>>;

/** Work in a lane of the queue. */
export const follows = <N extends EventName, Deps>(
  on: N,
  lane: Lane,
  does: React<N, Deps>,
): Reaction<Deps> => ({
  ...{ on, lane, isAwaited: false, isQueued: true, isDated: false, isAwarding: false },
  // It is called with events of this name only.
  does: does as React<EventName, Deps>,
});

/** Progress and certificates that somebody is waiting for at a screen. */
export const awaited = <N extends EventName, Deps>(on: N, does: React<N, Deps>): Reaction<Deps> => ({
  ...follows(on, 'awaited', does),
  isAwaited: true,
});

/** Done by now together with the event, by another reaction, or no more: only jobs that an earlier version left in the queue ask for it. */
export const formerly = <N extends EventName, Deps>(on: N, does: React<N, Deps>): Reaction<Deps> => ({
  ...awaited(on, does),
  isQueued: false,
});

/** Work that nobody is waiting for. */
export const bulk = <N extends EventName, Deps>(on: N, does: React<N, Deps>): Reaction<Deps> =>
  follows(on, 'bulk', does);

/** A file or a check that takes minutes. */
export const file = <N extends EventName, Deps>(on: N, does: React<N, Deps>): Reaction<Deps> =>
  follows(on, 'files', does);

/**
 * What comes of it carries the date of its making, or would reach people on the wrong day: it waits while the clock is in doubt
 * (`routines/clock-hold.ts`).
 */
export const dated = <Deps>(work: Reaction<Deps>): Reaction<Deps> => ({ ...work, isDated: true });

/** A certificate comes of it: where it is stuck, somebody waits for theirs (`jobs/stuck-work.ts`). */
export const awarding = <Deps>(work: Reaction<Deps>): Reaction<Deps> => ({ ...work, isAwarding: true });
