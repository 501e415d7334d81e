import { expect } from 'chai';
import { row, rows, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import { eventOf } from '../../../../server/platform/events/jobs/job-events.js';
import { enqueueMissed } from '../../../../server/platform/events/missed-jobs.js';
import { nextJobs, type Pass } from '../../../../server/platform/events/jobs/next-jobs.js';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import type { ClaimedJob } from '../../../../server/platform/events/jobs/queue.js';
import { record } from '../../../../server/platform/events/record.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { claimOne } from '../../../support/claim-one.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2090, 0, 1);
const DAY = 86_400_000;

/** What follows from the event that `tell` records. */
const FOLLOWS = ['certificates.publish-supersession', 'certificates.sign-replacement'];

const tell = (now = THEN) =>
  record(
    'certificate.superseded',
    { certificateId: newId(), replacementId: newId(), userId: newId(), reason: 'name-corrected' },
    { actorId: null, organisationId: null, now },
  );

const told = (now = THEN) => inTransaction(() => tell(now));

const queued = async () =>
  (
    await rows<{ reaction: string }>(
      `select reaction from jobs where created_at >= $1 and state = 'ready' order by reaction`,
      [THEN],
    )
  ).map(({ reaction }) => reaction);

async function claimed(): Promise<ClaimedJob> {
  const job = await claimOne('bulk', THEN);
  if (!job) throw new Error('There was nothing to claim');
  return job;
}

describe('jobs that follow from events', () => {
  ownWorld();
  beforeEach(() => world().worker.drain());
  afterEach(() => write(`update jobs set state = 'done' where created_at >= $1 or run_at >= $1`, [THEN]));

  it('are queued with the event: one for each reaction', async () => {
    await told();
    expect(await queued()).to.deep.equal(FOLLOWS);
  });

  it('are undone with it', async () => {
    const before = await count('events');
    await inTransaction(async () => {
      await tell();
      throw new Error('undone');
    }).catch(() => undefined);
    expect(await queued()).to.deep.equal([]);
    expect(await count('events')).to.equal(before);
  });

  it('are all there when one transaction records many events', async () => {
    await inTransaction(async () => {
      for (let n = 0; n < 30; n += 1) await tell();
    });
    expect(await queued()).to.have.length(60);
  });

  it('know their event', async () => {
    await told();
    const event = await eventOf(await claimed());
    expect(event).to.include({ name: 'certificate.superseded', actorId: null, createdAt: THEN });
    expect(event?.payload).to.include.keys('userId', 'replacementId');
  });

  it('that somebody waits for go first, however old the others are', async () => {
    const key = () => newId();
    const add = (reaction: string, isAwaited: boolean, now: number) =>
      inTransaction(() => enqueue({ reaction, lane: 'bulk', dedupeKey: key(), isAwaited, now }));
    await add('test.old', false, THEN - 1000);
    await add('test.awaited', true, THEN);
    expect([(await claimed()).reaction, (await claimed()).reaction]).to.deep.equal([
      'test.awaited',
      'test.old',
    ]);
  });

  it('nudge the worker after the commit, and not after a rollback', async () => {
    const heard: string[] = [];
    const forget = onNudge(() => heard.push('nudge'));
    try {
      await inTransaction(async () => {
        await tell();
        expect(heard).to.deep.equal([]);
      });
      expect(heard).to.deep.equal(['nudge']);
      await inTransaction(async () => {
        await tell();
        throw new Error('undone');
      }).catch(() => undefined);
      expect(heard).to.deep.equal(['nudge']);
    } finally {
      forget();
      reactToNews();
    }
  });

  it('are found and queued when they are missing, once', async () => {
    await told();
    await write(`delete from jobs where reaction = $1 and state = 'ready'`, [FOLLOWS[0] ?? '']);
    expect(await enqueueMissed(THEN)).to.equal(1);
    expect(await enqueueMissed(THEN)).to.equal(0);
    expect(await queued()).to.deep.equal(FOLLOWS);
  });

  it('are left alone when their event is old', async () => {
    await told();
    await write(`delete from jobs where reaction = $1 and state = 'ready'`, [FOLLOWS[0] ?? '']);
    expect(await enqueueMissed(THEN + 8 * DAY)).to.equal(0);
    await enqueueMissed(THEN);
  });

  describe('are taken', () => {
    const next = async (wishes: Partial<Pass> = {}) =>
      (await nextJobs({ ended: [], roomIn: () => 1, now: THEN, ...wishes })).claimed;

    it('while others end, in one transaction', async () => {
      await told();
      const ended = [await claimed()];
      const begun = await next({ ended });
      expect([...ended, ...begun].map(({ reaction }) => reaction).sort()).to.deep.equal(FOLLOWS);
      expect(await row('select state from jobs where id = $1', [ended[0]?.id ?? ''])).to.deep.equal({
        state: 'done',
      });
    });

    it('as many as there is room for', async () => {
      for (let n = 0; n < 2; n += 1) await told();
      expect(await next({ roomIn: () => 3 })).to.have.length(3);
      expect(await next({ roomIn: () => 0 })).to.have.length(0);
      expect(await next({ roomIn: () => 3 })).to.have.length(1);
    });

    it('for certificates first, where more people wait than there is room for; the rest waits a while', async () => {
      const queue = [
        ...['test.certificate', 'test.certificate'].map(reaction => ({ reaction, lane: 'awaited' as const })),
        { reaction: 'test.notice', lane: 'mail' as const },
        { reaction: 'test.reset', lane: 'mail' as const, isAwaited: true },
        { reaction: 'test.bulk', lane: 'bulk' as const },
      ];
      await inTransaction(async () => {
        for (const job of queue) await enqueue({ ...job, dedupeKey: newId(), now: THEN });
      });
      const taken = async (now: number) => (await next({ now })).map(({ reaction }) => reaction).sort();
      expect(await taken(THEN)).to.deep.equal(['test.certificate', 'test.reset']);
      await inTransaction(() => enqueue({ ...queue[0], dedupeKey: newId(), now: THEN } as never));
      expect(await taken(THEN + 10_000)).to.deep.equal(['test.bulk', 'test.certificate', 'test.notice']);
    });
  });
});
