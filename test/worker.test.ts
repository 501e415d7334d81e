import { expect } from 'chai';
import { row, rows, count, write } from './support/rows.js';
import { currentLane } from '../server/platform/db/lanes.js';
import { inTransaction } from '../server/platform/db/transaction.js';
import { LANES, type Lane } from '../server/platform/events/jobs/job-lanes.js';
import { enqueue } from '../server/platform/events/jobs/enqueue.js';
import { PutOff } from '../server/platform/events/jobs/failures.js';
import { newId } from '../server/platform/lib/ids.js';
import { createLogger } from '../server/platform/lib/log.js';
import type { Routine } from '../server/platform/events/routines/routine.js';
import { createWorker } from '../server/worker.js';
import { elsewhere } from './support/programs/elsewhere.js';
import { person } from './support/people.js';
import { enrolled } from './support/walk.js';
import { ownWorld, reactToNews, world } from './support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2091, 0, 1);
const NEVER = '0 0 1 1 *';

/** A worker that knows only these pieces of work, and lives at a time of its own. */
function workerFor(work: Record<string, () => Promise<unknown>>, { clock = () => THEN, cron = NEVER } = {}) {
  const logged: string[] = [];
  const routines: Routine[] = Object.entries(work).map(([name, run]) => ({ name, cron, run }));
  const log = createLogger('warn', { write: line => void logged.push(line) });
  return { ...createWorker({ reactions: {}, routines, clock, log }), logged };
}

const add = (reaction: string, times = 1, lane: Lane = 'bulk') =>
  inTransaction(async () => {
    for (let n = 0; n < times; n += 1) {
      await enqueue({ reaction, lane, dedupeKey: `${reaction}:${newId()}`, now: THEN });
    }
  });

const states = async () =>
  (await rows<{ state: string }>(`select state from jobs where reaction like 'test.%' order by state`)).map(
    ({ state }) => state,
  );

describe('the worker', () => {
  ownWorld();
  beforeEach(() => world().worker.drain());
  afterEach(async () => {
    await write(`delete from jobs where reaction like 'test.%'`);
    await write(`delete from routines where name like 'test.%'`);
  });

  it('runs every job once, however many workers there are', async () => {
    let done = 0;
    const workers = Array.from({ length: 5 }, () => workerFor({ 'test.a': async () => void (done += 1) }));
    await add('test.a', 50);
    await Promise.all(workers.map(({ drain }) => drain()));
    expect(done).to.equal(50);
    expect(new Set(await states())).to.deep.equal(new Set(['done']));
  });

  it('runs the jobs that follow from a job in the same drain', async () => {
    const done: string[] = [];
    const worker = workerFor({
      'test.first': async () => {
        done.push('first');
        await add('test.second');
      },
      'test.second': async () => void done.push('second'),
    });
    await add('test.first');
    await worker.drain();
    expect(done).to.deep.equal(['first', 'second']);
  });

  it('runs the other jobs after a fault, logs it once, and retries later', async () => {
    let now = THEN;
    let fail = true;
    const done: string[] = [];
    const worker = workerFor(
      {
        'test.bad': async () => {
          if (fail) throw new TypeError('no such thing');
          done.push('bad');
        },
        'test.good': async () => void done.push('good'),
      },
      { clock: () => now },
    );
    await add('test.bad');
    await add('test.good');
    await worker.drain();
    expect(done).to.deep.equal(['good']);
    expect(worker.logged).to.have.length(1);
    expect(JSON.parse(worker.logged[0] ?? '{}')).to.include({
      reaction: 'test.bad',
      attempt: 1,
      problem: 'TypeError: no such thing',
    });
    expect(await states()).to.deep.equal(['done', 'ready']);

    fail = false;
    await worker.drain();
    expect(done).to.deep.equal(['good']);
    now += 2000;
    await worker.drain();
    expect(done).to.deep.equal(['good', 'bad']);
  });

  it('stores the message of the fault for administrators', async () => {
    const worker = workerFor({ 'test.bad': async () => Promise.reject(new RangeError('too far')) });
    await add('test.bad');
    await worker.drain();
    expect(await row(`select last_error as said from jobs where reaction = 'test.bad'`)).to.deep.equal({
      said: 'RangeError: too far',
    });
  });

  it('tries again soon what somebody else is at, which is no failure', async () => {
    let now = THEN;
    let isBusy = true;
    const worker = workerFor(
      { 'test.busy': async () => (isBusy ? Promise.reject(new PutOff('they are')) : undefined) },
      { clock: () => now },
    );
    await add('test.busy');
    await worker.drain();
    expect(worker.logged).to.deep.equal([]);
    const job = `select state, attempts, failure, last_error as said from jobs where reaction = 'test.busy'`;
    expect(await row(job)).to.deep.equal({ state: 'ready', attempts: 0, failure: null, said: null });
    isBusy = false;
    now += 2000;
    await worker.drain();
    expect(await states()).to.deep.equal(['done']);
  });

  it('keeps an unknown job for a program that knows it', async () => {
    const worker = workerFor({});
    await add('test.future');
    await worker.drain();
    expect(await states()).to.deep.equal(['ready']);
    expect(worker.logged.join()).to.include('Nothing answers to');
  });

  it('finishes the running job before it stops, and claims no other', async () => {
    let [started, finished] = [0, 0];
    let letGo = () => {};
    let begun = () => {};
    const hold = new Promise<void>(done => (letGo = done));
    const running = new Promise<void>(done => (begun = done));
    const worker = workerFor({
      'test.a': async () => {
        started += 1;
        begun();
        await hold;
        finished += 1;
      },
    });
    await add('test.a', 2);
    const draining = worker.drain();
    await running;
    const stopped = worker.stop();
    letGo();
    await Promise.all([draining, stopped]);
    expect([started, finished]).to.deep.equal([1, 1]);
    expect(await states()).to.deep.equal(['done', 'ready']);
  });

  it('runs several jobs of a lane at once', async () => {
    let [begun, allBegun] = [0, () => {}];
    const together = new Promise<void>(done => (allBegun = done));
    const worker = workerFor({
      'test.a': async () => {
        begun += 1;
        if (begun === LANES.awaited) allBegun();
        await together;
      },
    });
    await add('test.a', LANES.awaited, 'awaited');
    await worker.drain();
    expect(new Set(await states())).to.deep.equal(new Set(['done']));
  });

  it('reads for those who wait on connections that neither pages nor other jobs use', async () => {
    const lanes: Record<string, string> = {};
    const read = (lane: Lane) => () => Promise.resolve(void (lanes[lane] = currentLane()));
    const worker = workerFor({ 'test.a': read('awaited'), 'test.b': read('bulk'), 'test.c': read('mail') });
    await add('test.a', 1, 'awaited');
    await add('test.b', 1, 'bulk');
    await add('test.c', 1, 'mail');
    await worker.drain();
    expect(lanes).to.deep.equal({ awaited: 'awaited', bulk: 'jobs', mail: 'pages' });
  });

  it('runs more jobs than have room in a lane, filling it again and again', async () => {
    let done = 0;
    const worker = workerFor({ 'test.a': () => Promise.resolve(void (done += 1)) });
    await add('test.a', 5 * LANES.awaited + 1, 'awaited');
    await worker.catchUp();
    expect(done).to.equal(5 * LANES.awaited + 1);
  });

  it('runs all that is due, job after job, even when nobody waits', async () => {
    let [left, allDone] = [20, () => {}];
    const over = new Promise<void>(done => (allDone = done));
    const worker = workerFor({
      'test.a': async () => {
        left -= 1;
        if (left === 0) allDone();
      },
    });
    await add('test.a', left, 'bulk');
    worker.start();
    await over;
    // Nobody waits for the end of the last one either: it is written soon.
    while ((await count(`jobs where reaction = 'test.a' and state <> 'done'`)) > 0);
    await worker.stop();
    reactToNews();
    expect(left).to.equal(0);
  });

  it('writes down before it stops what ended a moment ago', async () => {
    let over = () => {};
    const isOver = new Promise<void>(done => (over = done));
    const worker = workerFor({ 'test.a': () => Promise.resolve(over()) });
    await add('test.a');
    worker.start();
    await isOver;
    await worker.stop();
    reactToNews();
    expect(await states()).to.deep.equal(['done']);
  });

  it('does not let one lane wait for another, and settles without mail', async () => {
    let signed = () => {};
    const certificate = new Promise<void>(done => (signed = done));
    let letGo = () => {};
    const hold = new Promise<void>(done => (letGo = done));
    const worker = workerFor({
      'test.mail': () => hold,
      'test.bulk': () => certificate,
      'test.certificate': () => Promise.resolve(signed()),
    });
    await add('test.mail', LANES.mail + 1, 'mail');
    await add('test.bulk', 1, 'bulk');
    await add('test.certificate', 1, 'awaited');
    await worker.settle();
    const open = await rows<{ reaction: string }>(
      `select distinct reaction from jobs where reaction like 'test.%' and state <> 'done'`,
    );
    expect(open).to.deep.equal([{ reaction: 'test.mail' }]);
    letGo();
    await worker.drain();
    expect(new Set(await states())).to.deep.equal(new Set(['done']));
  });

  it('catches up with what was due, and does not wait for what comes after it', async () => {
    let now = THEN;
    let [letGo, begun] = [() => {}, () => {}];
    const hold = new Promise<void>(done => (letGo = done));
    const running = new Promise<void>(done => (begun = done));
    const done: string[] = [];
    const worker = workerFor(
      {
        'test.mine': async () => {
          await running;
          done.push('mine');
        },
        'test.later': () => {
          begun();
          return hold;
        },
      },
      { clock: () => now },
    );
    await add('test.mine', 1, 'awaited');
    const caughtUp = worker.catchUp();
    now += 1;
    await inTransaction(() => enqueue({ reaction: 'test.later', lane: 'awaited', dedupeKey: newId(), now }));
    const drained = worker.drain();
    await caughtUp;
    expect(done).to.deep.equal(['mine']);
    expect(await count(`jobs where reaction = 'test.later' and state = 'running'`)).to.equal(1);
    letGo();
    await drained;
  });

  it('does not begin a running job again, although its lease ran out', async () => {
    let now = THEN;
    let begun = 0;
    let [letGo, started] = [() => {}, () => {}];
    const hold = new Promise<void>(done => (letGo = done));
    const running = new Promise<void>(done => (started = done));
    const worker = workerFor(
      {
        'test.a': async () => {
          begun += 1;
          started();
          await hold;
        },
        'test.b': () => Promise.resolve(letGo()),
      },
      { clock: () => now },
    );
    await add('test.a', 1, 'awaited');
    const draining = worker.drain();
    await running;
    now += 86_400_000;
    // It looks at the lanes anew, and finds a lease that ran out. Only then is there anything that lets go.
    const again = worker.drain();
    while ((await count(`jobs where reaction = 'test.a' and fence = 2`)) === 0);
    await add('test.b', 1, 'bulk');
    await Promise.all([draining, again, worker.drain()]);
    expect(begun).to.equal(1);
    expect(await states()).to.deep.equal(['done', 'done']);
  });

  it('recovers by itself after the queue could not be reached', async () => {
    let isBroken = true;
    const clock = () => {
      if (isBroken) throw new Error('away');
      return THEN;
    };
    const worker = workerFor({ 'test.a': () => Promise.resolve() }, { clock });
    await add('test.a');
    const fault = await worker.drain().catch((thrown: unknown) => thrown);
    expect(fault).to.be.an.instanceOf(Error);
    expect(worker.logged.join()).to.include('could not reach its queue');
    isBroken = false;
    await worker.drain();
    expect(await states()).to.deep.equal(['done']);
  });

  it('runs the routines of the start once', async () => {
    let runs = 0;
    const log = createLogger('silent', { write: () => undefined });
    let ran = () => {};
    const hasRun = new Promise<void>(done => (ran = done));
    const run = () => {
      runs += 1;
      ran();
      return Promise.resolve();
    };
    const routines = [{ name: 'test.start', cron: NEVER, atStart: true, run }];
    const worker = createWorker({ reactions: {}, routines, clock: () => THEN, log });
    worker.start();
    await hasRun;
    await worker.stop();
    reactToNews();
    expect(runs).to.equal(1);
  });

  describe('looks at the clock and', () => {
    const [MINUTE, HOUR] = [60_000, 3_600_000];

    /** Two workers that share a clock and a routine. `at` sets the clock, has both look, and tells how often the routine has run. */
    function twoWorkers(cron: string) {
      let [now, runs] = [THEN, 0];
      const run = async () => void (runs += 1);
      const workers = [1, 2].map(() => workerFor({ 'test.routine': run }, { clock: () => now, cron }));
      return async (time: number) => {
        now = time;
        await Promise.all(workers.map(({ tick }) => tick()));
        await Promise.all(workers.map(({ drain }) => drain()));
        return runs;
      };
    }

    it('runs a routine once for each of its times, however many workers look', async () => {
      const runsAt = twoWorkers('* * * * *');
      expect(await runsAt(THEN + 1)).to.equal(0);
      expect(await runsAt(THEN + MINUTE)).to.equal(1);
      expect(await runsAt(THEN + MINUTE + 5000)).to.equal(1);
      expect(await runsAt(THEN + 2 * MINUTE + 1)).to.equal(2);
      expect(await count(`jobs where reaction = 'test.routine'`)).to.equal(2);
    });

    it('retries a routine that failed at each of its times, as the same job', async () => {
      let [now, runs, fails] = [THEN, 0, true];
      const run = () => {
        runs += 1;
        return fails ? Promise.reject(new Error('no')) : Promise.resolve();
      };
      const worker = workerFor({ 'test.routine': run }, { clock: () => now, cron: '0 * * * *' });
      await worker.tick();
      const pass = async (ms: number) => {
        now += ms;
        await worker.tick();
        await worker.drain();
      };
      await pass(HOUR);
      // Its next try would come after the next time of the routine.
      await write(`update jobs set run_at = $1 where reaction = 'test.routine'`, [now + HOUR + 1]);
      await pass(HOUR);
      expect(runs).to.equal(2);
      expect(await count(`jobs where reaction = 'test.routine'`)).to.equal(1);
      fails = false;
      await pass(HOUR);
      await pass(HOUR);
      expect(runs).to.equal(4);
      expect(await states()).to.deep.equal(['done', 'done']);
    });

    it('runs a routine after the clock was set back, even in minutes that were used before', async () => {
      const runsAt = twoWorkers('* * * * *');
      await runsAt(THEN - 6 * HOUR);
      expect(await runsAt(THEN - 6 * HOUR + MINUTE)).to.equal(1);
      expect(await runsAt(THEN)).to.equal(2);
      expect(await runsAt(THEN - 6 * HOUR)).to.equal(3);
      expect(await runsAt(THEN - 6 * HOUR + 5000)).to.equal(3);
      expect(await runsAt(THEN - 6 * HOUR + MINUTE)).to.equal(4);
    });

    it('catches up once on missed times', async () => {
      const runsAt = twoWorkers('10 3 * * *');
      expect(await runsAt(THEN)).to.equal(0);
      expect(await runsAt(THEN + 5 * 24 * HOUR)).to.equal(1);
      expect(await runsAt(THEN + 5 * 24 * HOUR + MINUTE)).to.equal(1);
    });

    it('runs at once what a fast clock had put off', async () => {
      let done = 0;
      const work = { 'test.a': async () => void (done += 1) };
      const worker = workerFor(work, { clock: () => THEN - 6 * HOUR });
      await add('test.a');
      await worker.drain();
      expect(done).to.equal(0);
      await worker.tick();
      await worker.drain();
      expect(done).to.equal(1);
    });

    it('logs once that an event lies in the future', async () => {
      await enrolled(await person());
      const worker = workerFor({}, { clock: () => Date.now() - HOUR });
      await worker.tick();
      await worker.tick();
      // What others have left to do is no work of this worker, which says so.
      expect(worker.logged.filter(line => line.includes('an event lies in the future'))).to.have.length(1);
    });
  });

  it('in several processes at once: each event leads to each reaction once', async () => {
    await elsewhere(async ({ run }) => {
      await run('up');
      await run('tell', '40');
      await Promise.all([run('drain'), run('drain'), run('drain')]);
      expect(await run('traces')).to.deep.equal([
        'certificates.publish-supersession 40 40',
        'certificates.sign-replacement 40 40',
      ]);
    });
  });
});
