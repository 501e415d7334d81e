import type { TryWindow } from '../../content/schema/policy-schema.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What counts within a window: when attempts failed and when one more was granted (epoch ms, in any order). */
export interface WindowHistory {
  readonly failures: readonly number[];
  readonly grants: readonly number[];
}

/** How many more attempts may fail now, of how many, and when the next one opens (epoch ms; null: it is open). */
export interface WindowStanding {
  readonly left: number;
  readonly allowed: number;
  readonly from: number | null;
}

/**
 * Where a learner stands at `now`. The window ends at `now` and reaches back so many days; what happened exactly that long ago
 * has just left it. The n-th failure of the window in which it happened is followed by the n-th wait. After the last wait there is
 * none: the next attempt is open while the window holds fewer failures than tries and grants.
 */
export function windowStanding(window: TryWindow, history: WindowHistory, now: number): WindowStanding {
  const { left, allowed } = roomAt(window, history, now);
  return { left, allowed, from: left > 0 ? waitEnd(window, history, now) : reopening(window, history, now) };
}

function roomAt({ tries, days }: TryWindow, { failures, grants }: WindowHistory, now: number) {
  const allowed = tries + within(days, grants, now).length;
  return { allowed, left: Math.max(0, allowed - within(days, failures, now).length) };
}

/** What did not leave the window by `end`; a time after `end` is of a clock that was set back since, and counts. */
const within = (days: number, times: readonly number[], end: number): number[] =>
  times.filter(time => time > end - days * DAY);

/** When the wait after the last failure ends; null where it is over, or was none. */
function waitEnd({ days, waits }: TryWindow, { failures }: WindowHistory, now: number): number | null {
  if (failures.length === 0) return null;
  const last = Math.max(...failures);
  const minutes = waits[within(days, failures, last).length - 1] ?? 0;
  const end = last + minutes * MINUTE;
  return end > now ? end : null;
}

/** When enough failures will have left the window. */
function reopening(window: TryWindow, history: WindowHistory, now: number): number {
  const leaving = history.failures.map(time => time + window.days * DAY).filter(time => time > now);
  return Math.min(...leaving.filter(time => roomAt(window, history, time).left > 0));
}
