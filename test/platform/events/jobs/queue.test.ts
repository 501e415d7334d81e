import { expect } from 'chai';
import { database } from '../../../../server/platform/db/connect.js';
import { row, rows, count, write } from '../../../support/rows.js';
import { sqliteFile, withFile } from '../../../../server/platform/db/sqlite-file.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import { pruneJobs, retryAll } from '../../../../server/platform/events/jobs/job-decisions.js';
import { failingEvents } from '../../../../server/platform/events/jobs/job-events.js';
import { datedReactions } from '../../../../server/platform/events/choreography.js';
import {
  claim,
  fail,
  finishJobs,
  freeLeases,
  DUE,
  dueUndated,
  claimStatement,
  type ClaimedJob,
} from '../../../../server/platform/events/jobs/queue.js';
import { failureOf, Refused, ServiceAway } from '../../../../server/platform/events/jobs/failures.js';
import { failingLanes, laneNames } from '../../../../server/platform/events/jobs/job-lanes.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { claimOne } from '../../../support/claim-one.js';
import { ownWorld, world } from '../../../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2090, 0, 1);

const add = (reaction: string, now = THEN, dedupeKey = `${reaction}:${newId()}`) =>
  inTransaction(() => enqueue({ reaction, lane: 'bulk', dedupeKey, now }));

const fault = (reason: string) => ({ kind: 'fault' as const, reason });

interface Stored {
  state: string;
  attempts: number;
  runAt: number;
  lastError: string | null;
  finishedAt: number | null;
  leaseUntil: number | null;
}

const stored = ({ id }: { id: string }) =>
  row<Stored>(
    `select state, attempts, run_at as "runAt", last_error as "lastError", finished_at as "finishedAt",
       lease_until as "leaseUntil" from jobs where id = $1`,
    [id],
  );

const stop = new Error('undone');

/** In one transaction that is undone: the installation's own worker sees none of it. */
async function unseen(work: () => Promise<void>): Promise<void> {
  const fault = await inTransaction(async () => {
    await work();
    throw stop;
  }).catch((thrown: unknown) => thrown);
  if (fault !== stop) throw fault;
}

/** How the database would carry a statement out, in its words, with ten thousand jobs there. */
async function planOf(sql: string, params: readonly (string | number)[]): Promise<string> {
  const file = sqliteFile(world().config.databaseUrl);
  // On a connection of its own: SQLite counts a write that was only explained as under way until its statement is finalized.
  if (file) return withFile(file, async ask => JSON.stringify(await ask(`explain query plan ${sql}`)));
  let plan: object[] = [];
  await unseen(async () => {
    await rows(
      `insert into jobs (id, reaction, lane, dedupe_key, state, run_at, created_at)
       with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
       select 'plan-' || i, 'test.plan', case i % 2 when 0 then 'mail' else 'bulk' end, 'plan-' || i,
         case i % 3 when 0 then 'ready' else 'done' end, i, i from n`,
    );
    await rows('analyze jobs');
    plan = await rows(`explain ${sql}`, params);
  });
  return JSON.stringify(plan);
}

async function claimed(now = THEN): Promise<ClaimedJob> {
  const job = await claimOne('bulk', now);
  if (!job) throw new Error('There was nothing to claim');
  return job;
}

describe('the queue', () => {
  ownWorld();
  beforeEach(() => world().worker.drain());
  afterEach(() => write(`delete from jobs where reaction like 'test.%'`));

  it('accepts a job with the same key once, even at the same moment', async () => {
    const key = `test.a:${newId()}`;
    await Promise.all(Array.from({ length: 10 }, () => add('test.a', THEN, key)));
    expect(await count('jobs where dedupe_key = $1', [key])).to.equal(1);
  });

  it('gives each job to one of many who ask at once', async () => {
    for (let n = 0; n < 20; n += 1) await add('test.a');
    const jobs = await Promise.all(Array.from({ length: 40 }, () => claimOne('bulk', THEN)));
    const given = jobs.flatMap(job => job?.id ?? []);
    // On PostgreSQL two who ask at once may see each other's row locked and go home with nothing: not with a double.
    expect(new Set(given).size).to.equal(given.length);
    for (let job = await claimOne('bulk', THEN); job; job = await claimOne('bulk', THEN)) given.push(job.id);
    expect(new Set(given).size).to.equal(20);
    expect(given).to.have.length(20);
  });

  it('gives the oldest due job first, and none that is not due', async () => {
    await add('test.late', THEN + 2);
    await add('test.early', THEN + 1);
    expect(await claimOne('bulk', THEN)).to.equal(null);
    expect((await claimed(THEN + 2)).reaction).to.equal('test.early');
    expect((await claimed(THEN + 2)).reaction).to.equal('test.late');
    expect(await claimOne('bulk', THEN + 2)).to.equal(null);
  });

  it('prunes only jobs that were done more than thirty days ago', async () => {
    const day = 86_400_000;
    for (const reaction of ['test.old', 'test.young', 'test.failed', 'test.waiting']) await add(reaction);
    const end = (reaction: string, state: string, at: number) =>
      write('update jobs set state = $1, finished_at = $2 where reaction = $3', [state, at, reaction]);
    await end('test.old', 'done', THEN - 31 * day);
    await end('test.young', 'done', THEN - 29 * day);
    await end('test.failed', 'failed', THEN - 31 * day);
    await pruneJobs(THEN);
    const left = await rows<{ reaction: string }>(
      `select reaction from jobs where reaction like 'test.%' order by reaction`,
    );
    expect(left.map(({ reaction }) => reaction)).to.deep.equal(['test.failed', 'test.waiting', 'test.young']);
  });

  it('reports a failing job from the first failure on, and retries it at once when asked to', async () => {
    await add('test.a');
    const event = await row<{ id: string }>('select id from events limit 1');
    await write(`update jobs set event_id = $1 where reaction = 'test.a'`, [event?.id ?? '']);
    expect(await failingEvents(['test.a'])).to.deep.equal([]);
    const job = await claimed();
    await fail(job, fault('Error: odd'), THEN);
    expect((await failingEvents(['test.a'])).map(({ id }) => id)).to.deep.equal([event?.id]);
    expect(await failingEvents(['test.a'], 2)).to.deep.equal([]);
    expect(await failingEvents(['test.b'])).to.deep.equal([]);
    await retryAll('test.b', THEN);
    expect(await claimOne('bulk', THEN)).to.equal(null);
    await retryAll('test.a', THEN);
    const again = await claimed();
    expect([again.id, again.attempts]).to.deep.equal([job.id, 2]);
    await finishJobs([again], THEN, () => true);
    expect(await failingEvents(['test.a'])).to.deep.equal([]);
  });

  it('never gives a job that is done', async () => {
    await add('test.a');
    const job = await claimed();
    await finishJobs([job], THEN + 5, () => true);
    expect(await stored(job)).to.include({ state: 'done', finishedAt: THEN + 5, leaseUntil: null });
    expect(await claimOne('bulk', THEN + 86_400_000)).to.equal(null);
  });

  it('gives jobs of several lanes at once, no more of each than was asked for', async () => {
    for (let n = 0; n < 3; n += 1) await add('test.a', THEN + n);
    await inTransaction(() =>
      enqueue({ reaction: 'test.mail', lane: 'mail', dedupeKey: newId(), now: THEN }),
    );
    const both = [
      { lane: 'bulk', most: 2 },
      { lane: 'mail', most: 4 },
    ] as const;
    const jobs = await claim(both, THEN + 2);
    expect(jobs.map(({ reaction, runAt }) => `${reaction} ${runAt - THEN}`).sort()).to.deep.equal([
      'test.a 0',
      'test.a 1',
      'test.mail 0',
    ]);
    await finishJobs(jobs, THEN + 3, () => true);
    expect(await Promise.all(jobs.map(async job => (await stored(job))?.state))).to.deep.equal([
      'done',
      'done',
      'done',
    ]);
    expect((await claim(both, THEN + 2)).map(({ runAt }) => runAt - THEN)).to.deep.equal([2]);
  });

  it('keeps lanes apart', async () => {
    await inTransaction(() =>
      enqueue({ reaction: 'test.mail', lane: 'mail', dedupeKey: newId(), now: THEN }),
    );
    await add('test.a', THEN + 1);
    expect(await claimOne('awaited', THEN + 1)).to.equal(null);
    expect((await claimOne('bulk', THEN + 1))?.reaction).to.equal('test.a');
    expect((await claimOne('mail', THEN + 1))?.reaction).to.equal('test.mail');
  });

  it('claims from a lane by the index alone, however many other jobs there are', async () => {
    for (const [statement, params] of [
      [DUE, [THEN, ...laneNames]],
      [claimStatement(1), [THEN, THEN, 'mail', 1]],
      [claimStatement(laneNames.length), [THEN, THEN, ...laneNames.flatMap(lane => [lane, 4])]],
    ] as const) {
      const plan = await planOf(statement.text, params);
      expect(plan).to.include('jobs_due');
      // Neither a scan of all jobs nor a sort.
      expect(plan).not.to.match(/SCAN jobs|Seq Scan on jobs|TEMP B-TREE|Sort/);
    }
    // While the clock is in doubt, what is due may be sorted, and is found all the same.
    const dated = datedReactions();
    for (const [statement, params] of [
      [dueUndated(), [THEN, ...laneNames, ...dated]],
      [claimStatement(1, true), [THEN, THEN, 'mail', 1, ...dated]],
    ] as const)
      expect(await planOf(statement.text, params)).not.to.match(/SCAN jobs|Seq Scan on jobs/);
  });

  describe('while the service of a lane is away', () => {
    const away = failureOf(new ServiceAway('ECONNREFUSED'));
    const mail = (now: number) =>
      inTransaction(() => enqueue({ reaction: 'test.mail', lane: 'mail', dedupeKey: newId(), now }));
    const openAt = async () => (await failingLanes())[0]?.pausedUntil ?? 0;
    afterEach(() => write(`delete from job_lanes`));

    it('lets one job at a time try whether it is back, then all of them', async () => {
      for (let n = 0; n < 3; n += 1) await mail(THEN);
      const together = [await claimOne('mail', THEN), await claimOne('mail', THEN)];
      for (const job of together) if (job) await fail(job, away, THEN);
      expect(await failingLanes()).to.deep.equal([
        {
          name: 'mail',
          failingSince: THEN,
          pausedUntil: THEN + 2000,
          lastError: 'ServiceAway: ECONNREFUSED',
        },
      ]);
      // Also those that have not been tried.
      expect(await claimOne('mail', THEN + 1999)).to.equal(null);
      const probe = await claimOne('mail', THEN + 2000);
      expect(await claimOne('mail', THEN + 2000)).to.equal(null);
      if (probe) await fail(probe, away, THEN + 2000);
      expect(await openAt()).to.equal(THEN + 6000);
      const next = await claimOne('mail', THEN + 6000);
      if (next) await finishJobs([next], THEN + 6000, () => true);
      expect(await failingLanes()).to.deep.equal([]);
      expect(await claimOne('mail', THEN + 6000)).not.to.equal(null);
      expect(await claimOne('mail', THEN + 6000)).not.to.equal(null);
    });

    it('runs the other lanes', async () => {
      await mail(THEN);
      const job = await claimOne('mail', THEN);
      if (job) await fail(job, away, THEN);
      await add('test.a');
      expect((await claimed()).reaction).to.equal('test.a');
    });

    it('tries at least every five minutes', async () => {
      await mail(THEN);
      let now = THEN;
      for (let n = 0; n < 12; n += 1) {
        const job = await claimOne('mail', now);
        if (!job) throw new Error(`Nothing to claim after ${n} failures`);
        await fail(job, away, now);
        expect(await openAt()).to.be.at.most(now + 300_000);
        now += 300_000;
      }
    });
  });

  describe('after a fault', () => {
    it('waits twice as long each time', async () => {
      await add('test.a');
      const waits: number[] = [];
      let now = THEN;
      for (let attempt = 1; attempt <= 11; attempt += 1) {
        const job = await claimed(now);
        await fail(job, fault('Error: no'), now);
        const runAt = (await stored(job))?.runAt ?? 0;
        expect(await claimOne('bulk', runAt - 1)).to.equal(null);
        waits.push((runAt - now) / 1000);
        now = runAt;
      }
      expect(waits).to.deep.equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]);
    });

    it('retries without end, an hour apart', async () => {
      await add('test.a');
      let now = THEN;
      for (let attempt = 1; attempt <= 30; attempt += 1) {
        const job = await claimed(now);
        expect(job.attempts).to.equal(attempt);
        await fail(job, fault('Error: no'), now);
        now += 3_600_000;
      }
      const job = await claimed(now);
      await finishJobs([job], now, () => true);
      expect(await stored(job)).to.include({ state: 'done', attempts: 31 });
    });

    it('fails for good where it was refused, with the reason', async () => {
      await add('test.a');
      const job = await claimed();
      await fail(job, failureOf(new Refused('550 No such user')), THEN);
      expect(await stored(job)).to.include({ state: 'failed', lastError: 'Refused: 550 No such user' });
      expect(await claimOne('bulk', THEN + 86_400_000)).to.equal(null);
    });

    it('keeps the beginning of a long message', async () => {
      await add('test.a');
      const job = await claimed();
      await fail(job, failureOf(new Error('x'.repeat(5000))), THEN);
      expect((await stored(job))?.lastError).to.have.length(500);
    });
  });

  describe('when a worker dies', () => {
    it('gives its job to another after the lease, not before', async () => {
      await add('test.a');
      const job = await claimed();
      expect(await claimOne('bulk', THEN + 60_000)).to.equal(null);
      const again = await claimed(THEN + 60_001);
      expect([again.id, again.attempts]).to.deep.equal([job.id, 2]);
      expect(again.fence).to.be.greaterThan(job.fence);
    });

    it('gives its job back when the program starts again, if it was alone on the database', async () => {
      await add('test.a');
      const job = await claimed();
      await freeLeases();
      if (database().dialect === 'postgres') return expect(await claimOne('bulk', THEN)).to.equal(null);
      const again = await claimed();
      expect([again.id, again.attempts]).to.deep.equal([job.id, 2]);
      await finishJobs([job], THEN + 1, () => true);
      expect(await stored(again)).to.include({ state: 'running', finishedAt: null });
    });

    it('keeps the lease of a job that was reclaimed before: it may be what kills the program', async () => {
      await add('test.a');
      const job = await claimed();
      const again = await claimed(THEN + 60_001);
      await freeLeases();
      expect([again.id, await claimOne('bulk', THEN + 120_001)]).to.deep.equal([job.id, null]);
    });

    it('does not let a late worker end the job of its successor', async () => {
      await add('test.a');
      const late = await claimed();
      const successor = await claimed(THEN + 60_001);
      await finishJobs([late], THEN + 60_002, () => true);
      await fail(late, fault('Error: late'), THEN + 60_002);
      expect(await stored(successor)).to.include({ state: 'running', lastError: null, finishedAt: null });
      await finishJobs([successor], THEN + 60_003, () => true);
      expect(await stored(successor)).to.include({ state: 'done', finishedAt: THEN + 60_003 });
    });
  });
});
