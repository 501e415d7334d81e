import { row } from '../../db/rows.js';
import { as, sql, type Sql } from '../../db/sql.js';
import { integer, moment, nullable } from '../../db/table.js';
import type { Lane } from './job-lanes.js';
import { Job } from '../tables.js';

/** What an administrator has to know at a glance about the jobs in trouble. */
export interface WorkFigures {
  /** Jobs that are being retried after a failure. */
  readonly retrying: number;
  /** When the first of them began to fail (ms). */
  readonly since: number | null;
  /** Refused for good, and not given up. */
  readonly failed: number;
  /** When the first of those was refused (ms). */
  readonly failedSince: number | null;
  /** Due for more than ten minutes, and not begun. */
  readonly late: number;
}

/** $1: jobs that were due before this time (ms) are late. */
const figures = (lane: Sql) => sql`select
    count(case when state in ('ready', 'running') and failure is not null then 1 end) ${as('retrying', integer())},
    min(case when state in ('ready', 'running') then failing_since end) ${as('since', nullable(moment()))},
    count(case when state = 'failed' then 1 end) ${as('failed', integer())},
    min(case when state = 'failed' then failing_since end) ${as('failedSince', nullable(moment()))},
    count(case when state = 'ready' and failure is null and run_at < $1 then 1 end) ${as('late', integer())}
  from ${Job} where state <> 'done' and ${lane}`;

const FIGURES = { mail: figures(sql`lane = 'mail'`), other: figures(sql`lane <> 'mail'`) };

/** A job that has been due for longer has something in its way (ms). */
const LATE = 600_000;

/** The work that is in trouble: of mail, or of everything else. Costs what is open, however long the history is. */
export async function workFigures(of: keyof typeof FIGURES, now: number): Promise<WorkFigures> {
  const found = await row(FIGURES[of], [now - LATE]);
  return found ?? { retrying: 0, since: null, failed: 0, failedSince: null, late: 0 };
}

const UNFINISHED = sql`select count(*) ${as('count', integer())} from ${Job}
  where state in ('ready', 'running') and lane = $1`;

/** How many jobs of a lane are not done, refused or given up. */
export const unfinishedIn = async (lane: Lane): Promise<number> =>
  (await row(UNFINISHED, [lane]))?.count ?? 0;
