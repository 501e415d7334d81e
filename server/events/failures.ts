/**
 * What a whole kind of work depends on does not answer (the mail server). Nothing is wrong with the job itself: its
 * lane pauses, and is then tried with one job at a time.
 */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';
}

/** What was asked for was refused for good, and no retry can mend it. Ends the job. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The program does not know this work: an older one that runs on a newer database. */
export class UnknownWork extends Error {
  override readonly name = 'UnknownWork';
}

/** The work did not end within its time. It may still be going on. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Why a job failed, as it is stored. `fault`: anything that nobody foresaw. */
export type FailureKind = 'away' | 'refused' | 'unknown' | 'too-long' | 'fault';

export interface Failure {
  readonly kind: FailureKind;
  /** The raw reason, for administrators: the name of the error and its message. */
  readonly reason: string;
}

const KINDS = [
  [ServiceAway, 'away'],
  [Refused, 'refused'],
  [UnknownWork, 'unknown'],
  [TookTooLong, 'too-long'],
] as const;

/** Whatever was thrown, as a failure that can be stored. */
export function failureOf(thrown: unknown): Failure {
  const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown fault';
  const kind = KINDS.find(([error]) => thrown instanceof error)?.[1] ?? 'fault';
  return { kind, reason: reason.slice(0, 500) };
}

/** The longest time between two tries of a job (ms). */
export const LONGEST_WAIT = 3_600_000;

/** The same where only the service was away, and for its lane (ms): it may be back at any time. */
export const LONGEST_PAUSE = 300_000;

/** How long to wait after so many failures in a row (ms): 2 s, 4 s, 8 s … up to an hour. It never ends. */
export const waitAfter = (failures: number): number => doubling(failures, LONGEST_WAIT);

/** The same for what a service that is away holds up: up to five minutes. */
export const pauseAfter = (failures: number): number => doubling(failures, LONGEST_PAUSE);

/** The exponent is bounded, since 2 to a large power is infinite. */
const doubling = (failures: number, longest: number): number =>
  Math.min(1000 * 2 ** Math.min(failures, 30), longest);
