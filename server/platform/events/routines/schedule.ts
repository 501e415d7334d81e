import { Cron } from 'croner';
import { remembered } from '../../lib/remembered.js';

/** How far apart the clocks of servers that share a database may be (ms). A time further ahead was written by a wrong clock. */
export const SKEW = 60_000;

/**
 * Whether a routine has to run at `now`: a time that its `cron` names (in UTC) has come since its last run, or the last run
 * lies in the future, because the clock was fast and has been set back. However many times were missed, it runs once.
 * Times are epoch milliseconds.
 */
export function isDue(cron: string, lastRunAt: number, now: number): boolean {
  if (lastRunAt > now + SKEW) return true;
  const next = nextAfter(cron, lastRunAt);
  return next !== null && next <= now;
}

/** The worker asks every few seconds, for all routines, and until one has run the answer is the same. */
const nextAfter = remembered(
  { most: 1_000, keyOf: (cron: string, lastRunAt: number) => `${lastRunAt} ${cron}` },
  (cron, lastRunAt) => new Cron(cron, { timezone: 'UTC' }).nextRun(new Date(lastRunAt))?.getTime() ?? null,
);
