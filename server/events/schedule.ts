import { Cron } from 'croner';

/** How far apart the clocks of servers that share a database may be (ms). A time further ahead was written by a wrong clock. */
export const SKEW = 60_000;

/**
 * Whether a routine has to run at `now`: a time that its `cron` names (in UTC) has come since its last run, or the last run
 * lies in the future, because the clock was fast and has been set back. However many times were missed, it runs once.
 * Times are epoch milliseconds.
 */
export function isDue(cron: string, lastRunAt: number, now: number): boolean {
  if (lastRunAt > now + SKEW) return true;
  const next = new Cron(cron, { timezone: 'UTC' }).nextRun(new Date(lastRunAt));
  return next !== null && next.getTime() <= now;
}
