import { expect } from 'chai';
import { database } from '../../server/db/connect.js';
import { row, rows } from '../../server/db/rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import type { EventName } from '../../server/events/catalogue.js';
import {
  claim,
  enqueue,
  eventOf,
  fanOut,
  finish,
  freeLeases,
  givenUp,
  onNudge,
  postpone,
  pruneJobs,
  retry,
  type Job,
} from '../../server/events/queue.js';
import { record } from '../../server/events/record.js';
import { newId } from '../../server/lib/ids.js';
import { count, write } from '../support/walk.js';
import { reactToNews, world } from '../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2090, 0, 1);

const add = (reaction: string, now = THEN, dedupeKey = `${reaction}:${newId()}`) =>
  inTransaction(() => enqueue({ reaction, payload: '{"seq":1}', dedupeKey, now }));

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

async function claimed(now = THEN): Promise<Job> {
  const job = await claim(now);
  if (!job) throw new Error('There was nothing to claim');
  return job;
}

describe('the queue', () => {
  beforeEach(() => world().worker.drain());
  afterEach(() => write(`delete from jobs where reaction like 'test.%'`));

  it('takes a job with the same key once, also at the same moment', async () => {
    const key = `test.a:${newId()}`;
    await Promise.all(Array.from({ length: 10 }, () => add('test.a', THEN, key)));
    expect(await count('jobs where dedupe_key = $1', [key])).to.equal(1);
  });

  it('gives each job to one of many who ask at once', async () => {
    for (let n = 0; n < 20; n += 1) await add('test.a');
    const jobs = await Promise.all(Array.from({ length: 40 }, () => claim(THEN)));
    const given = jobs.flatMap(job => job?.id ?? []);
    // On PostgreSQL two who ask at once may see each other's row locked and go home with nothing: not with a double.
    expect(new Set(given).size).to.equal(given.length);
    for (let job = await claim(THEN); job; job = await claim(THEN)) given.push(job.id);
    expect(new Set(given).size).to.equal(20);
    expect(given).to.have.length(20);
  });

  it('gives the oldest first, and nothing before it is due', async () => {
    await add('test.late', THEN + 2);
    await add('test.early', THEN + 1);
    expect(await claim(THEN)).to.equal(null);
    expect((await claimed(THEN + 2)).reaction).to.equal('test.early');
    expect((await claimed(THEN + 2)).reaction).to.equal('test.late');
    expect(await claim(THEN + 2)).to.equal(null);
  });

  it('forgets what was done more than thirty days ago, and nothing else', async () => {
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

  it('gives up, and tries again when a person says so', async () => {
    await add('test.a');
    const job = await claimed();
    await write('update jobs set attempts = 12 where id = $1', [job.id]);
    await postpone({ ...job, attempts: 12 }, 'Error: odd', THEN);
    expect((await givenUp('test.a')).map(({ seq }) => seq)).to.deep.equal([1]);
    expect(await givenUp('test.b')).to.deep.equal([]);
    await retry('test.b', THEN);
    expect(await claim(THEN)).to.equal(null);
    await retry('test.a', THEN);
    expect(await stored(job)).to.include({ state: 'ready', attempts: 0, lastError: null });
    expect(await givenUp('test.a')).to.deep.equal([]);
    expect((await claimed()).id).to.equal(job.id);
  });

  it('does not give again what is done', async () => {
    await add('test.a');
    const job = await claimed();
    await finish(job, THEN + 5);
    expect(await stored(job)).to.include({ state: 'done', finishedAt: THEN + 5, leaseUntil: null });
    expect(await claim(THEN + 86_400_000)).to.equal(null);
  });

  describe('after a fault', () => {
    it('waits twice as long each time', async () => {
      await add('test.a');
      const waits: number[] = [];
      let now = THEN;
      for (let attempt = 1; attempt <= 11; attempt += 1) {
        const job = await claimed(now);
        await postpone(job, 'Error: no', now);
        const runAt = (await stored(job))?.runAt ?? 0;
        expect(await claim(runAt - 1)).to.equal(null);
        waits.push((runAt - now) / 1000);
        now = runAt;
      }
      expect(waits).to.deep.equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]);
    });

    it('is left for a person after the twelfth try', async () => {
      await add('test.a');
      let now = THEN;
      let job = await claimed(now);
      for (let attempt = 1; attempt < 12; attempt += 1) {
        await postpone(job, 'Error: no', now);
        now += 3_600_000;
        job = await claimed(now);
      }
      expect(job.attempts).to.equal(12);
      await postpone(job, 'Error: no', now);
      expect(await stored(job)).to.include({ state: 'failed', lastError: 'Error: no' });
      expect(await claim(now + 86_400_000)).to.equal(null);
    });

    it('keeps the beginning of a long message', async () => {
      await add('test.a');
      const job = await claimed();
      await postpone(job, 'x'.repeat(5000), THEN);
      expect((await stored(job))?.lastError).to.have.length(500);
    });
  });

  describe('when a worker dies', () => {
    it('gives its job to another after the lease, not before', async () => {
      await add('test.a');
      const job = await claimed();
      expect(await claim(THEN + 60_000)).to.equal(null);
      const again = await claimed(THEN + 60_001);
      expect([again.id, again.attempts]).to.deep.equal([job.id, 2]);
      expect(again.fence).to.be.greaterThan(job.fence);
    });

    it('gives its job back when the program starts again, if it was alone on the database', async () => {
      await add('test.a');
      const job = await claimed();
      await freeLeases();
      if (database().dialect === 'postgres') return expect(await claim(THEN)).to.equal(null);
      const again = await claimed();
      expect([again.id, again.attempts]).to.deep.equal([job.id, 2]);
      await finish(job, THEN + 1);
      expect(await stored(again)).to.include({ state: 'running', finishedAt: null });
    });

    it('leaves a job its lease that was taken again before: it may be what the program dies of', async () => {
      await add('test.a');
      const job = await claimed();
      const again = await claimed(THEN + 60_001);
      await freeLeases();
      expect([again.id, await claim(THEN + 120_001)]).to.deep.equal([job.id, null]);
    });

    it('does not let a late worker end the job of its successor', async () => {
      await add('test.a');
      const late = await claimed();
      const successor = await claimed(THEN + 60_001);
      await finish(late, THEN + 60_002);
      await postpone(late, 'Error: late', THEN + 60_002);
      expect(await stored(successor)).to.include({ state: 'running', lastError: null, finishedAt: null });
      await finish(successor, THEN + 60_003);
      expect(await stored(successor)).to.include({ state: 'done', finishedAt: THEN + 60_003 });
    });
  });

  describe('fanning out', () => {
    const stop = new Error('undone');

    /** In one transaction that is undone: the installation's own worker sees none of it. */
    async function unseen(work: () => Promise<void>): Promise<void> {
      const fault = await inTransaction(async () => {
        await work();
        throw stop;
      }).catch((thrown: unknown) => thrown);
      if (fault !== stop) throw fault;
    }

    const tell = () =>
      record('account.renamed', { userId: newId() }, { actorId: null, organisationId: null, now: THEN });
    const reactions = (name: EventName) =>
      name === 'account.renamed' ? [{ name: 'test.one' }, { name: 'test.two', isAwaited: true }] : [];

    it('makes one job for each event and reaction, and looks at each event once', async () => {
      await unseen(async () => {
        for (let n = 0; n < 5; n += 1) await tell();
        expect(await fanOut(reactions, THEN)).to.equal(5);
        expect(await fanOut(reactions, THEN)).to.equal(0);
        const made = await rows<{ reaction: string; n: number }>(
          `select reaction, count(*) as n from jobs where reaction like 'test.%' group by reaction order by reaction`,
        );
        expect(made.map(({ reaction, n }) => [reaction, Number(n)])).to.deep.equal([
          ['test.one', 5],
          ['test.two', 5],
        ]);
      });
    });

    it('puts first what somebody waits for, however long the others have been there', async () => {
      await unseen(async () => {
        for (let n = 0; n < 3; n += 1) await tell();
        await fanOut(reactions, THEN - 1000);
        await tell();
        await fanOut(reactions, THEN);
        const order: string[] = [];
        for (let n = 0; n < 5; n += 1) order.push((await claimed()).reaction);
        expect(order).to.deep.equal(['test.two', 'test.two', 'test.two', 'test.two', 'test.one']);
      });
    });

    it('goes on where the last batch ended', async () => {
      await unseen(async () => {
        for (let n = 0; n < 5; n += 1) await tell();
        expect([
          await fanOut(reactions, THEN, 2),
          await fanOut(reactions, THEN, 2),
          await fanOut(reactions, THEN, 2),
        ]).to.deep.equal([2, 2, 1]);
        expect(await count(`jobs where reaction like 'test.%'`)).to.equal(10);
      });
    });

    it('makes no second job from an event when the cursor is set back', async () => {
      await unseen(async () => {
        await tell();
        await fanOut(reactions, THEN);
        await write(`update event_cursors set seq = seq - 1 where name = 'reactions'`);
        expect(await fanOut(reactions, THEN)).to.equal(1);
        expect(await count(`jobs where reaction like 'test.%'`)).to.equal(2);
      });
    });

    it('hands the event to the one who does the job', async () => {
      await unseen(async () => {
        await tell();
        await fanOut(reactions, THEN);
        const job = await claimed();
        const event = await eventOf(job);
        expect(event).to.include({ name: 'account.renamed', actorId: null, createdAt: THEN });
        expect(event?.payload).to.have.keys('userId');
      });
    });
  });

  it('nudges after the commit, and not when nothing was kept', async () => {
    const heard: string[] = [];
    const forget = onNudge(() => heard.push('nudge'));
    try {
      const circumstances = { actorId: null, organisationId: null, now: Date.now() };
      await inTransaction(async () => {
        await record('account.renamed', { userId: newId() }, circumstances);
        expect(heard).to.deep.equal([]);
      });
      expect(heard).to.deep.equal(['nudge']);
      await inTransaction(async () => {
        await record('account.renamed', { userId: newId() }, circumstances);
        throw new Error('undone');
      }).catch(() => undefined);
      expect(heard).to.deep.equal(['nudge']);
    } finally {
      forget();
      reactToNews();
    }
  });
});
