import { insertOnce, row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { enqueue } from '../jobs/enqueue.js';
import type { Lane } from '../jobs/job-lanes.js';
import { isDue } from './schedule.js';
import { Job, RoutineRun } from '../tables.js';

/** Work that the clock asks for, as far as the schedule has to know it. */
export interface Scheduled {
  readonly name: string;
  /** In UTC. One run for each time that it names, however many processes there are. */
  readonly cron: string;
  /** Where its jobs wait: among the routines, unless it sends mail itself. */
  readonly lane?: Lane;
  /** Also run once whenever the program starts. */
  readonly atStart?: boolean;
}

const LAST_RUNS = sql`select ${columns(RoutineRun, 'r', 'name', 'lastRunAt', 'runs')} from ${RoutineRun} r`;

/**
 * Enqueue a job for each routine that is due, and at the start of the program also for those that run then. A routine that
 * was not known before waits for the next time that it names.
 */
export async function enqueueDue(
  routines: readonly Scheduled[],
  { now, isStart }: { now: number; isStart: boolean },
): Promise<void> {
  const known = new Map((await rows(LAST_RUNS)).map(run => [run.name, run]));
  for (const routine of routines) {
    const last = known.get(routine.name) ?? (await introduce(routine, now));
    const runsAtStart = isStart && routine.atStart === true;
    if (runsAtStart || isDue(routine.cron, last.lastRunAt, now)) await enqueueRun(routine, last, now);
  }
}

async function introduce({ name }: Scheduled, now: number): Promise<Row<typeof RoutineRun>> {
  const run = { name, lastRunAt: now, runs: 0 };
  await inTransaction(() => insertOnce(RoutineRun, run));
  return run;
}

const COUNT_RUN = sql`update ${RoutineRun} set last_run_at = $1, runs = runs + 1
  where name = $2 and runs = $3 returning ${columns(RoutineRun, 'routines', 'runs')}`;

/** Of several processes that find a routine due, the first to count the run enqueues its job. */
const enqueueRun = (
  { name, lane = 'routine' }: Scheduled,
  { runs }: Row<typeof RoutineRun>,
  now: number,
): Promise<void> =>
  inTransaction(async () => {
    const counted = await row(COUNT_RUN, [now, name, runs]);
    if (!counted || (await bringForward(name, lane, now))) return;
    await enqueue({ reaction: name, lane, dedupeKey: `${name}:run-${counted.runs}`, now });
  });

const BRING_FORWARD = sql`update ${Job} set run_at = case when run_at > $1 then $1 else run_at end
  where state = 'ready' and lane = $2 and rank = 1 and reaction = $3 returning id`;

/**
 * If an earlier run is still waiting, perhaps to be retried, make it due now at the latest: a routine that keeps failing
 * remains one job. Returns whether there was such a run.
 */
const bringForward = async (name: string, lane: Lane, now: number): Promise<boolean> =>
  (await row(BRING_FORWARD, [now, lane, name])) !== null;
