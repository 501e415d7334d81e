import { row, rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { integer, moment } from '../../db/table.js';
import { awardingReactions } from '../choreography.js';
import { Job } from '../tables.js';
import type { Lane } from './job-lanes.js';

/** Work that fails for so long (ms) does not mend itself by a retry. */
const LONG = 300_000;

/** What no retry mends. */
export interface StuckWork {
  /** How many certificates could not be made for five minutes. */
  readonly certificates: number;
  /** The lanes where nothing succeeds: two jobs or more have failed for five minutes, and none has been done since. */
  readonly lanes: readonly Lane[];
}

const FAILING = sql`select ${columns(Job, 'j', 'lane', 'reaction')},
    count(*) ${as('count', integer())}, min(j.failing_since) ${as('since', moment())}
  from ${Job} j where j.failure is not null and j.state in ('ready', 'running') and j.failing_since <= $1
  group by j.lane, j.reaction`;

const DONE_SINCE = sql`select 1 ${as('found', integer())} from ${Job} where state = 'done' and lane = $1 and finished_at > $2 limit 1`;

/**
 * What has failed for five minutes and keeps people waiting. Somebody waits for each certificate, so one is enough; of other work one bad
 * job says nothing about the rest of its lane.
 */
export async function stuckWork(now: number): Promise<StuckWork> {
  const failing = await rows(FAILING, [now - LONG]);
  const certificates = sum(failing.filter(({ reaction }) => awardingReactions().includes(reaction)));
  const lanes: Lane[] = [];
  for (const lane of new Set(failing.map(each => each.lane))) {
    const own = failing.filter(each => each.lane === lane);
    const since = Math.min(...own.map(each => Number(each.since)));
    if (sum(own) > 1 && !(await row(DONE_SINCE, [lane, since]))) lanes.push(lane);
  }
  return { certificates, lanes };
}

const sum = (failing: readonly { readonly count: number }[]): number =>
  failing.reduce((all, { count }) => all + Number(count), 0);
