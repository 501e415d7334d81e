import { row } from '../../db/rows.js';
import { as, sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { failingLanes } from './job-lanes.js';
import { clockHold, type ClockHold } from '../routines/clock-hold.js';
import { RoutineRun } from '../tables.js';
import { stuckWork, type StuckWork } from './stuck-work.js';
import { unfinishedIn, workFigures, type WorkFigures } from './work-figures.js';

/** Some routine runs each minute. When none was asked for in so long (ms), the clock that asks for them has stopped. */
const STILL = 600_000;

const LAST_RUN = sql`select max(r.last_run_at) ${as('at', nullable(moment()))} from ${RoutineRun} r`;

/** When the clock last asked for work (epoch ms; null: never yet), and whether it has stopped. */
export async function schedulerState(now: number): Promise<{ lastRunAt: number | null; isStopped: boolean }> {
  const at = (await row(LAST_RUN))?.at ?? null;
  if (at === null) return { lastRunAt: null, isStopped: false };
  return { lastRunAt: Number(at), isStopped: now - Number(at) > STILL };
}

/** Mail, other work and the clock that asks for it, for monitors. Moments are epoch milliseconds. */
export interface WorkState {
  /** False: the mail server does not answer, work is late or stuck, or the clock has stopped or is in doubt. */
  readonly working: boolean;
  readonly mail: WorkFigures & { readonly failingSince: number | null; readonly waiting: number };
  readonly work: WorkFigures;
  readonly stuck: StuckWork;
  readonly scheduler: Awaited<ReturnType<typeof schedulerState>>;
  /** Why what carries a date waits in this process; null: its clock is believed. */
  readonly clock: ClockHold | null;
}

/** How the work in the background stands at a moment. Costs what is open, however long the history is. */
export async function workState(now: number): Promise<WorkState> {
  const [lanes, waiting, mail, work, stuck, scheduler] = await Promise.all([
    failingLanes(),
    unfinishedIn('mail'),
    workFigures('mail', now),
    workFigures('other', now),
    stuckWork(now),
    schedulerState(now),
  ]);
  const failingSince = lanes.find(({ name }) => name === 'mail')?.failingSince ?? null;
  const clock = clockHold();
  const isStuck = stuck.certificates + stuck.lanes.length > 0;
  const isLate = mail.late + work.late > 0;
  const working = failingSince === null && !isLate && !isStuck && !scheduler.isStopped && clock === null;
  return { working, mail: { ...mail, failingSince, waiting }, work, stuck, scheduler, clock };
}
