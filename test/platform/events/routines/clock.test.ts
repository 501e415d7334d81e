import { expect } from 'chai';
import { database } from '../../../../server/platform/db/connect.js';
import { row, rows, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { correctFutureTimes, PUT_OFF } from '../../../../server/platform/events/routines/clock.js';
import { laneNames } from '../../../../server/platform/events/jobs/job-lanes.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { ownWorld } from '../../../support/world.js';

/** A time of its own, far beyond whatever else has been put off. */
const THEN = Date.UTC(2096, 0, 1);
const [MINUTE, HOUR] = [60_000, 3_600_000];

const undone = new Error('undone');

/** In one transaction that is undone. */
async function unseen(work: () => Promise<void>): Promise<void> {
  const fault = await inTransaction(async () => {
    await work();
    throw undone;
  }).catch((thrown: unknown) => thrown);
  if (fault !== undone) throw fault;
}

async function add(values: { state?: string; runAt?: number; leaseUntil?: number; failure?: string }) {
  const id = newId();
  const { state = 'ready', runAt = THEN, leaseUntil = null, failure = null } = values;
  await write(
    `insert into jobs (id, reaction, lane, dedupe_key, state, run_at, created_at, lease_until, failure)
     values ($1, 'test.clock', 'mail', $1, $2, $3, $4, $5, $6)`,
    [id, state, runAt, THEN, leaseUntil, failure],
  );
  return id;
}

const job = (id: string) =>
  row<{ runAt: number; leaseUntil: number | null }>(
    'select run_at as "runAt", lease_until as "leaseUntil" from jobs where id = $1',
    [id],
  );

describe('times that only a clock that was ahead can have written', () => {
  ownWorld();
  it('are corrected: jobs are due, leases end, lanes open', () =>
    unseen(async () => {
      const fresh = await add({ runAt: THEN + 2 * MINUTE });
      const failing = await add({ runAt: THEN + 2 * HOUR, failure: 'fault' });
      const held = await add({ state: 'running', leaseUntil: THEN + HOUR });
      await write(`insert into job_lanes (name) values ('mail') on conflict (name) do nothing`);
      await write(`update job_lanes set paused_until = $1 where name = 'mail'`, [THEN + HOUR]);
      await correctFutureTimes(THEN);
      expect(await job(fresh)).to.deep.equal({ runAt: THEN, leaseUntil: null });
      expect(await job(failing)).to.deep.equal({ runAt: THEN, leaseUntil: null });
      expect(await job(held)).to.deep.equal({ runAt: THEN, leaseUntil: THEN + MINUTE });
      expect(await row(`select paused_until as until from job_lanes where name = 'mail'`)).to.deep.equal({
        until: 0,
      });
    }));

  it('do not include those of jobs that wait for their next attempt or run', () =>
    unseen(async () => {
      const failing = await add({ runAt: THEN + HOUR, failure: 'fault' });
      const held = await add({ state: 'running', leaseUntil: THEN + MINUTE });
      await correctFutureTimes(THEN);
      expect(await job(failing)).to.deep.equal({ runAt: THEN + HOUR, leaseUntil: null });
      expect(await job(held)).to.deep.equal({ runAt: THEN, leaseUntil: THEN + MINUTE });
    }));

  it('are found by an index', () =>
    unseen(async () => {
      const isPostgres = database().dialect === 'postgres';
      if (isPostgres) await rows('set local enable_seqscan = off');
      const sql = `select 1 from jobs where ${PUT_OFF.text}`;
      const params = [THEN, ...laneNames];
      const plan = JSON.stringify(await rows(`explain ${isPostgres ? '' : 'query plan'} ${sql}`, params));
      // Which of the indexes PostgreSQL takes hangs on what the table holds.
      expect(plan).to.match(
        isPostgres ? /Index (Only )?Scan/ : /jobs_due \(state=\? AND lane=\? AND rank=\? AND run_at>/,
      );
    }));
});
