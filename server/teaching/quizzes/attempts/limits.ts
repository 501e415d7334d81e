import type { QuizPolicy, TryWindow } from '../../content/schema/policy-schema.js';
import { windowStanding } from './try-window.js';

const MINUTE = 60_000;
/** A wait that grows ends here (minutes), unless the course itself asks for a longer one. */
const LONGEST_GROWTH = 1440;

/** What a person is given beyond a time limit: per cent of it, no limit at all, or nothing. */
export const ALLOWANCES = ['25', '50', '100', 'unlimited', 'none'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** When an attempt's time runs out (epoch ms; null: never), and how long after that an answer on its way still counts (ms). */
export interface TimeLimit {
  readonly deadlineAt: number | null;
  readonly graceMs: number;
}

/** How long all pauses of one attempt may last together (ms): enough to breathe, to eat, to talk to somebody. */
export const MAX_PAUSE = 60 * MINUTE;

/** The clock of an attempt. Times are epoch milliseconds; `pausedMs`: how long earlier pauses lasted in all. */
export interface Clock {
  /** When its time runs out if it runs from now on; null without a limit. */
  readonly deadlineAt: number | null;
  /** Since when it has been stopped; null while it runs. */
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

/** The time to store for what happens in an attempt at `now`. It never goes back, even when the system clock is set back. */
export const timeIn = ({ startedAt, pausedAt, answeredAt }: Times, now: number): number =>
  Math.max(now, startedAt, pausedAt ?? 0, answeredAt ?? 0);

/** How long the current pause has lasted at `now` (ms). Once the allowance is used up, the clock runs again by itself. */
export function currentPause({ pausedAt, pausedMs }: Clock, now: number): number {
  if (pausedAt === null) return 0;
  return Math.max(0, Math.min(now - pausedAt, MAX_PAUSE - pausedMs));
}

/** When the time runs out, including the current pause: it moves on while the clock is stopped. */
export const endOfTime = (clock: Clock, now: number): number | null =>
  clock.deadlineAt === null ? null : clock.deadlineAt + currentPause(clock, now);

/** When the current pause ends at the latest; null while the clock runs. */
export function pauseEnd({ pausedAt, pausedMs }: Clock, now: number): number | null {
  const end = pausedAt === null ? null : pausedAt + MAX_PAUSE - pausedMs;
  return end !== null && now < end ? end : null;
}

/** A clock as it is at `now`: a pause that is used up has ended, and the deadline has moved on with it. */
export const clockAt = <T extends Clock>(clock: T, now: number): T =>
  clock.pausedAt === null || pauseEnd(clock, now) !== null
    ? clock
    : { ...clock, deadlineAt: endOfTime(clock, now), pausedAt: null, pausedMs: MAX_PAUSE };

/** How much pause is left at `now` (ms). */
export const pauseLeft = (clock: Clock, now: number): number =>
  MAX_PAUSE - clock.pausedMs - currentPause(clock, now);

/** An earlier attempt, as far as it decides whether another one may follow. Times are epoch milliseconds. */
export interface EarlierAttempt {
  readonly submittedAt: number | null;
  readonly passed: boolean | null;
}

/** Where a learner stands before an attempt. */
export interface TriesLeft {
  /** Is one open? Then it can be continued, whatever else applies. */
  readonly isOpen: boolean;
  /** How many attempts are left, and of how many; null without a limit, and after a pass, when attempts are practice. */
  readonly left: number | null;
  readonly allowed: number | null;
  /** From when the next one may start (epoch ms); null: at once, unless none is left. */
  readonly from: number | null;
  /** The safety rules that the last attempt missed and that are still to be practised. */
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
  // Whole seconds: people are shown the deadline.
  const seconds = Math.ceil((minutes * 60 * (100 + extra)) / 100);
  return { deadlineAt: now + seconds * 1000, graceMs: grace * 1000 };
}

/** Can attempts run out under this policy? */
export const isLimited = ({ attempts, window }: Pick<QuizPolicy, 'attempts' | 'window'>): boolean =>
  attempts !== null || window !== undefined;

/**
 * May another attempt start at `now`? `grants`: when attempts were given beyond the limit; `rules` those of the last
 * attempt that were missed and are not practised yet. A pass ends the limit and the wait.
 */
export function standing({
  policy,
  attempts,
  grants,
  rules,
  isPractice = false,
  now,
}: {
  policy: Pick<QuizPolicy, 'attempts' | 'coolDown' | 'window'>;
  /** Oldest first. */
  attempts: readonly EarlierAttempt[];
  grants: readonly number[];
  rules: readonly string[];
  /** Missed rules of practice are worked through whenever the learner likes. */
  isPractice?: boolean | undefined;
  now: number;
}): TriesLeft {
  const isOpen = attempts.some(({ submittedAt }) => submittedAt === null);
  const isPassed = attempts.some(({ passed }) => passed === true);
  const limits = isPassed
    ? NO_LIMITS
    : policy.window
      ? inWindow(policy.window, { attempts, grants }, now)
      : inAll(policy, { attempts, grants }, now);
  const { left, from } = limits;
  const mayStart = isOpen || (left !== 0 && from === null && (isPractice || rules.length === 0));
  return { isOpen, ...limits, rules, mayStart };
}

type Limits = Pick<TriesLeft, 'left' | 'allowed' | 'from'>;

const NO_LIMITS: Limits = { left: null, allowed: null, from: null };

interface Taken {
  readonly attempts: readonly EarlierAttempt[];
  readonly grants: readonly number[];
}

/** An open attempt is neither left nor failed. */
function inWindow(window: TryWindow, { attempts, grants }: Taken, now: number): Limits {
  const failures = attempts.flatMap(({ submittedAt }) => submittedAt ?? []);
  const { left, ...limits } = windowStanding(window, { failures, grants }, now);
  return { left: Math.max(0, left - (attempts.length - failures.length)), ...limits };
}

function inAll(
  policy: Pick<QuizPolicy, 'attempts' | 'coolDown'>,
  { attempts, grants }: Taken,
  now: number,
): Limits {
  const allowed = policy.attempts === null ? null : policy.attempts + grants.length;
  const left = allowed === null ? null : Math.max(0, allowed - attempts.length);
  const end = coolDownEnd(policy.coolDown, attempts);
  // A wait after the last one would promise a try that never comes.
  return { left, allowed, from: left !== 0 && end !== null && end > now ? end : null };
}

/** When the wait after the last attempt ends; null where there is none. */
function coolDownEnd(coolDown: QuizPolicy['coolDown'], attempts: readonly EarlierAttempt[]): number | null {
  const last = attempts.at(-1)?.submittedAt ?? null;
  if (coolDown === null || last === null) return null;
  const { minutes, grows } = coolDown;
  const wait = grows ? Math.max(minutes, Math.min(minutes * attempts.length, LONGEST_GROWTH)) : minutes;
  return last + wait * MINUTE;
}

/** May the feedback on each option be shown? Never before a pass: a learner who failed will get questions from the same bank again. */
export const mayExplain = ({ feedback }: Pick<QuizPolicy, 'feedback'>, passed: boolean): boolean =>
  passed && feedback === 'after-pass';
