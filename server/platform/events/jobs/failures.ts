import type { Row } from '../../db/table.js';
import type { Job } from '../tables.js';

/**
 * A service that a whole lane depends on (the mail server) does not answer. Nothing is wrong with the job itself: its lane
 * pauses, and then tries one job at a time.
 */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
}

/** The work was refused for good, and no retry can change that. Ends the job. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The program does not know this work: it is older than the database. */
export class UnknownWork extends Error {
  override readonly name = 'UnknownWork';
}

/** The work did not end within its time limit. It may still be running. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Somebody else is at the same work just now: the job is tried again soon, and nothing failed. */
export class PutOff extends Error {
  override readonly name = 'PutOff';
}

/** Why a job failed, as it is stored. `fault`: anything that was not foreseen. */
export type FailureKind = NonNullable<Row<typeof Job>['failure']>;

export interface Failure {
  readonly kind: FailureKind;
  /** For administrators: the name of the error and its message. */
  readonly reason: string;
}

const KINDS = [
  [ServiceAway, 'away'],
  [Refused, 'refused'],
  [UnknownWork, 'unknown'],
  [TookTooLong, 'too-long'],
] as const;

/** What was thrown, as a failure that can be stored. */
export function failureOf(thrown: unknown): Failure {
  const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown fault';
  const kind = KINDS.find(([error]) => thrown instanceof error)?.[1] ?? 'fault';
  return { kind, reason: reason.slice(0, 500) };
}

/** The longest wait between two attempts of a job (ms). */
export const LONGEST_WAIT = 3_600_000;

/** The longest pause of a lane whose service is down (ms): it may be back at any time. */
export const LONGEST_LANE_PAUSE = 300_000;

/** How long to wait after so many failures in a row (ms): 2 s, 4 s, 8 s … up to an hour. */
export const waitAfter = (failures: number): number => doubling(failures, LONGEST_WAIT);

/** How long to pause a lane after so many failures in a row (ms): up to five minutes. */
export const pauseAfter = (failures: number): number => doubling(failures, LONGEST_LANE_PAUSE);

/** The exponent is bounded, since 2 to a large power is infinite. */
const doubling = (failures: number, longest: number): number =>
  Math.min(1000 * 2 ** Math.min(failures, 30), longest);
