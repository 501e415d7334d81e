import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import type { Lane } from './lanes.js';
import { enqueue } from './queue.js';
import { isDue } from './schedule.js';

/** Work that the clock asks for, as much as the schedule has to know of it. */
export interface Scheduled {
  readonly name: string;
  /** In UTC. One run for each time that it names, however many processes there are. */
  readonly cron: string;
  /** Where its jobs wait: among the routines, unless it sends mail itself. */
  readonly lane?: Lane;
  /** Also run once whenever the program starts. */
  readonly atStart?: boolean;
}

interface LastRun {
  readonly name: string;
  readonly lastRunAt: number;
  readonly runs: number;
}

/**
 * Put a job in the queue for each routine that is due, and at the start of the program also for those that run then. A
 * routine that was not known before waits for the next time that it names.
 */
export async function enqueueDue(
  routines: readonly Scheduled[],
  { now, isStart }: { now: number; isStart: boolean },
): Promise<void> {
  const known = new Map((await lastRuns()).map(run => [run.name, run]));
  for (const routine of routines) {
    const last = known.get(routine.name) ?? (await introduce(routine, now));
    const isWanted = isStart && routine.atStart === true;
    if (isWanted || isDue(routine.cron, last.lastRunAt, now)) await enqueueRun(routine, last, now);
  }
}

const lastRuns = (): Promise<LastRun[]> =>
  rows<LastRun>('select name, last_run_at as "lastRunAt", runs from routines');

async function introduce({ name }: Scheduled, now: number): Promise<LastRun> {
  await inTransaction(() =>
    rows('insert into routines (name, last_run_at, runs) values ($1, $2, 0) on conflict (name) do nothing', [
      name,
      now,
    ]),
  );
  return { name, lastRunAt: now, runs: 0 };
}

/** Of several processes that find a routine due, the first to count the run makes its job. */
const enqueueRun = ({ name, lane = 'routine' }: Scheduled, { runs }: LastRun, now: number): Promise<void> =>
  inTransaction(async () => {
    const counted = await row<{ runs: number }>(
      'update routines set last_run_at = $1, runs = runs + 1 where name = $2 and runs = $3 returning runs',
      [now, name, runs],
    );
    if (!counted || (await bringForward(name, lane, now))) return;
    await enqueue({ reaction: name, lane, dedupeKey: `${name}:run-${counted.runs}`, now });
  });

/**
 * If an earlier run still waits, perhaps to be retried, make it due now at the latest: a routine that keeps failing stays
 * one job. Returns whether there was such a run.
 */
async function bringForward(name: string, lane: Lane, now: number): Promise<boolean> {
  const waiting = await rows(
    `update jobs set run_at = case when run_at > $1 then $1 else run_at end
     where state = 'ready' and lane = $2 and rank = 1 and reaction = $3 returning id`,
    [now, lane, name],
  );
  return waiting.length > 0;
}
