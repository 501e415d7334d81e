import type { QuizPolicy } from '../../courses/content/schema/policy.js';

const MINUTE = 60_000;
/** A wait that grows ends here (minutes), unless the course itself asks for a longer one. */
const LONGEST_GROWTH = 1440;

/** What a person is given beyond a time limit: per cent of it, no limit at all, or nothing. */
export const ALLOWANCES = ['25', '50', '100', 'unlimited', 'none'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** When an attempt's time is over (epoch ms; null: never), and how long an answer may then still be on its way (ms). */
export interface TimeLimit {
  readonly deadlineAt: number | null;
  readonly graceMs: number;
}

/** How long the clock of one attempt may stand still in all (ms): enough to breathe, to eat, to talk to somebody. */
export const LONGEST_PAUSE = 60 * MINUTE;

/** The clock of an attempt. Times are epoch milliseconds; `pausedMs`: how long it stood still in earlier pauses. */
export interface Clock {
  /** When its time is over if it runs from now on; null without a limit. */
  readonly deadlineAt: number | null;
  /** Since when it stands still; null while it runs. */
  readonly pausedAt: number | null;
  readonly pausedMs: number;
}

/** What has happened in an attempt so far, in epoch milliseconds. */
export interface Times {
  readonly startedAt: number;
  readonly pausedAt: number | null;
  /** When the newest answer was saved; null while there is none. */
  readonly answeredAt: number | null;
}

/** The time to write down for what happens in an attempt at `now`. It never goes back, even when the clock is set back. */
export const timeIn = ({ startedAt, pausedAt, answeredAt }: Times, now: number): number =>
  Math.max(now, startedAt, pausedAt ?? 0, answeredAt ?? 0);

/** How long the pause that is on has lasted at `now` (ms). Once it is used up the clock runs by itself. */
export function stoodStill({ pausedAt, pausedMs }: Clock, now: number): number {
  if (pausedAt === null) return 0;
  return Math.max(0, Math.min(now - pausedAt, LONGEST_PAUSE - pausedMs));
}

/** When the time is over, the pause that is on counted in: it moves along while the clock stands still. */
export const endOfTime = (clock: Clock, now: number): number | null =>
  clock.deadlineAt === null ? null : clock.deadlineAt + stoodStill(clock, now);

/** Until when a pause that is on lasts at the longest; null where the clock runs. */
export function pauseEnd({ pausedAt, pausedMs }: Clock, now: number): number | null {
  const end = pausedAt === null ? null : pausedAt + LONGEST_PAUSE - pausedMs;
  return end !== null && now < end ? end : null;
}

/** A clock as it stands at `now`: a pause that is used up is over, and the end has moved along with it. */
export const clockAt = <T extends Clock>(clock: T, now: number): T =>
  clock.pausedAt === null || pauseEnd(clock, now) !== null
    ? clock
    : { ...clock, deadlineAt: endOfTime(clock, now), pausedAt: null, pausedMs: LONGEST_PAUSE };

/** How much pause is left at `now` (ms). */
export const pauseLeft = (clock: Clock, now: number): number =>
  LONGEST_PAUSE - clock.pausedMs - stoodStill(clock, now);

/** An earlier attempt, as far as it decides whether another one may follow. Times are epoch milliseconds. */
export interface EarlierAttempt {
  readonly submittedAt: number | null;
  readonly passed: boolean | null;
}

/** Where a learner stands before an attempt. */
export interface Standing {
  /** Is one open? Then it goes on, whatever else holds. */
  readonly isOpen: boolean;
  /** How many attempts are left, and of how many; null without a limit, and once passed: from then on it is practice. */
  readonly left: number | null;
  readonly allowed: number | null;
  /** From when the next one may start (epoch ms); null: there is nothing to wait for. */
  readonly from: number | null;
  /** The never-rules of the last attempt that wait to be worked through. */
  readonly rules: readonly string[];
  readonly mayStart: boolean;
}

/** The time of an attempt that starts at `now`: the course's limit and the person's extra. */
export function timeLimit(
  { timeLimit: minutes, grace }: Pick<QuizPolicy, 'timeLimit' | 'grace'>,
  allowance: Allowance,
  now: number,
): TimeLimit {
  if (minutes === null || allowance === 'unlimited') return { deadlineAt: null, graceMs: 0 };
  const extra = allowance === 'none' ? 0 : Number(allowance);
  // Whole seconds: a deadline is told to people.
  const seconds = Math.ceil((minutes * 60 * (100 + extra)) / 100);
  return { deadlineAt: now + seconds * 1000, graceMs: grace * 1000 };
}

/**
 * May another attempt start at `now`? `granted` are attempts given beyond the limit; `rules` those of the last
 * attempt that were missed and are not worked through. A pass ends limit and wait.
 */
export function standing({
  policy,
  attempts,
  granted,
  rules,
  now,
}: {
  policy: Pick<QuizPolicy, 'attempts' | 'coolDown'>;
  /** Oldest first. */
  attempts: readonly EarlierAttempt[];
  granted: number;
  rules: readonly string[];
  now: number;
}): Standing {
  const isOpen = attempts.some(({ submittedAt }) => submittedAt === null);
  const isPassed = attempts.some(({ passed }) => passed === true);
  const allowed = policy.attempts === null || isPassed ? null : policy.attempts + granted;
  const left = allowed === null ? null : Math.max(0, allowed - attempts.length);
  const end = isPassed ? null : coolDownEnd(policy.coolDown, attempts);
  const from = end !== null && end > now ? end : null;
  const mayStart = isOpen || (left !== 0 && from === null && rules.length === 0);
  return { isOpen, left, allowed, from, rules, mayStart };
}

/** When the wait after the last attempt is over: null where there is none. */
function coolDownEnd(coolDown: QuizPolicy['coolDown'], attempts: readonly EarlierAttempt[]): number | null {
  const last = attempts.at(-1)?.submittedAt ?? null;
  if (coolDown === null || last === null) return null;
  const { minutes, grows } = coolDown;
  const wait = grows ? Math.max(minutes, Math.min(minutes * attempts.length, LONGEST_GROWTH)) : minutes;
  return last + wait * MINUTE;
}

/** May the feedback on each option be shown? Never before a pass: whoever failed will meet the same bank again. */
export const mayExplain = ({ feedback }: Pick<QuizPolicy, 'feedback'>, passed: boolean): boolean =>
  passed && feedback === 'after-pass';
