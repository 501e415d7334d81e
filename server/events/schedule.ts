import { Cron } from 'croner';

/** Clocks of servers that share a database may differ by this much (ms). A time further ahead was written by a wrong clock. */
export const SKEW = 60_000;

/**
 * Whether a routine has to run at `now`: a time that its `cron` names (in UTC) has come since it last ran, or the last
 * run lies in the future, because the clock was ahead and has been set back. Several times that were missed make one
 * run. Times are epoch milliseconds.
 */
export function isDue(cron: string, lastRunAt: number, now: number): boolean {
  if (lastRunAt > now + SKEW) return true;
  const next = new Cron(cron, { timezone: 'UTC' }).nextRun(new Date(lastRunAt));
  return next !== null && next.getTime() <= now;
}
