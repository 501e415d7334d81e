import { datedReactions } from './platform/events/choreography.js';
import type { ReadyReactions } from './platform/events/reaction.js';
import { latestFutureEvent, correctFutureTimes } from './platform/events/routines/clock.js';
import {
  clockHold,
  compareClocks,
  refuseWhileClockIsDoubted,
} from './platform/events/routines/clock-hold.js';
import { failureOf, PutOff, TookTooLong, UnknownWork } from './platform/events/jobs/failures.js';
import { laneNames, LANES, type Lane } from './platform/events/jobs/job-lanes.js';
import { nextJobs, type Passed } from './platform/events/jobs/next-jobs.js';
import { onNudge } from './platform/events/jobs/nudge.js';
import { fail, LEASE, putOff, renewLease, type ClaimedJob } from './platform/events/jobs/queue.js';
import { enqueueDue } from './platform/events/routines/enqueue-due.js';
import type { Routine } from './platform/events/routines/routine.js';
import { inLane } from './platform/db/lanes.js';
import type { Logger } from './platform/lib/log.js';

export interface Worker {
  /** Begin to listen for nudges and to watch the clock. */
  readonly start: () => void;
  /** Enqueue the routines that are due, and correct times that a fast clock has left behind. */
  readonly tick: () => Promise<void>;
  /** Run every job that is due, and every job that follows from it. Rejects when the queue cannot be reached. */
  readonly drain: () => Promise<void>;
  /** The same for all lanes but mail, which no page waits for. */
  readonly settle: () => Promise<void>;
  /** Run every awaited job that is due by now: what comes later, from others, is not waited for. */
  readonly catchUp: () => Promise<void>;
  /** Finish the running jobs and stop. */
  readonly stop: () => Promise<void>;
}

/** How often the worker looks at the clock, and for work that another process left behind (ms). */
const POLL = 5_000;

/** How long the end of a job that nobody waits for may wait for others, so that one transaction writes them all (ms). */
const MOMENT = 30;

/** A job that takes longer has failed (ms): it must not occupy its place in the lane for ever. */
const longestIn = (lane: Lane): number => (lane === 'files' ? 6 * 3_600_000 : 600_000);

/**
 * On whose connections jobs read: short reads on those of people, reads that may scan on the worker's own. In a rush those who wait
 * for a certificate look at pages as well: their certificates must not queue behind these.
 */
const READS = { awaited: 'awaited', mail: 'pages', bulk: 'jobs', files: 'jobs', routine: 'jobs' } as const;

/** A running job. */
interface Running {
  job: ClaimedJob;
  ended: Promise<unknown>;
}

/** A caller that waits until nothing is left in these lanes of what was due at `until` (ms). */
interface Waiter {
  readonly lanes: readonly Lane[];
  readonly until: number;
  /** The number of its request: a pass that began earlier does not count. */
  readonly asked: number;
  readonly done: () => void;
  readonly failed: (fault: unknown) => void;
}

/** The worker runs what waits in the queue. Jobs hold no logic: they name a reaction or a routine. */
export function createWorker({
  reactions,
  routines,
  clock,
  log,
}: {
  reactions: ReadyReactions;
  routines: readonly Routine[];
  clock: () => number;
  log: Logger;
}): Worker {
  /** The running jobs, by id. */
  const running = new Map<string, Running>();
  /** Jobs that ran to their end, which is not written yet: should the program die, they run again. */
  let ended: ClaimedJob[] = [];
  let isMoreIn: Passed['isMoreIn'] = () => false;
  let soon: NodeJS.Timeout | undefined;
  let next: NodeJS.Immediate | undefined;
  let working: Promise<void> | null = null;
  let waiters: Waiter[] = [];
  /** Counts what makes another pass necessary: a nudge, a request, the end of a job. */
  let requests = 0;
  let wakeUp = () => {};
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | null = null;
  let hasTicked = false;
  let isClockDoubted = false;
  let forgetNudge = () => {};

  function request(): void {
    requests += 1;
    wakeUp();
  }

  const until = (isOver: () => boolean): Promise<void> =>
    isOver() ? Promise.resolve() : new Promise(done => (wakeUp = done));

  /** Start what is due, and again whenever something happens, until nothing is running and nobody is waiting. */
  async function work(): Promise<void> {
    let seen: number;
    do {
      seen = requests;
      const before = [...running.values()].map(({ job }) => job);
      const { claimed, due, ...passed } = await pass();
      isMoreIn = passed.isMoreIn;
      claimed.forEach(begin);
      answer(seen, [...before, ...claimed], due);
      if (running.size > 0) await until(() => requests !== seen);
      // Also after the last running job: others may have waited for its place.
    } while (running.size > 0 || waiters.length > 0 || requests !== seen);
  }

  const jobsIn = (lane: Lane) => [...running.values()].filter(({ job }) => job.lane === lane).length;

  /** Write down what ended, and claim jobs where there is room. */
  async function pass(): Promise<Passed> {
    clearTimeout(soon);
    soon = undefined;
    const written = ended;
    ended = [];
    try {
      const now = clock();
      return await nextJobs({ ended: written, roomIn, now, isHeld: clockHold() !== null });
    } catch (fault) {
      // What could not be written is written next time; at the latest its lease runs out, and it runs again.
      ended = [...written, ...ended];
      throw fault;
    }
  }

  const roomIn = (lane: Lane) => (stopped ? 0 : LANES[lane] - jobsIn(lane));

  /**
   * Answer those who asked before this pass, if nothing that they wait for was due. `open`: what was running before it or began in it;
   * what has ended since is not written yet.
   */
  function answer(seen: number, open: readonly ClaimedJob[], due: Passed['due']): void {
    const isClear = (lane: Lane, until: number) =>
      open.every(job => job.lane !== lane || job.runAt > until) &&
      (stopped || (due(lane).since ?? Infinity) > until);
    const isOver = ({ asked, lanes, until }: Waiter) =>
      asked <= seen && lanes.every(lane => isClear(lane, until));
    const over = waiters.filter(isOver);
    waiters = waiters.filter(waiter => !isOver(waiter));
    for (const { done } of over) done();
  }

  function begin(job: ClaimedJob): void {
    const own = running.get(job.id);
    // Its lease ran out while it was running here (a clock was set, the machine slept): it goes on under the new lease.
    if (own) return void (own.job = job);
    const held: Running = { job, ended: Promise.resolve() };
    running.set(job.id, held);
    held.ended = runJob(held).finally(() => {
      running.delete(job.id);
      if (!isPressing(job)) wakeSoon();
      else if (stopped) wake();
      // Certificates that were stored together end together.
      else wakeNext();
    });
  }

  /** Its end is waited for, by somebody, or by another job for its place; or a second run would send an e-mail again. */
  const isPressing = ({ lane }: ClaimedJob): boolean => {
    if (stopped || lane === 'mail') return true;
    // In a rush half a lane is filled at once: a look for each would cost as much as a job.
    if (isMoreIn(lane)) return jobsIn(lane) <= LANES[lane] / 2;
    return waiters.some(({ lanes }) => lanes.includes(lane));
  };

  function wakeSoon(): void {
    soon ??= setTimeout(wake, MOMENT).unref();
  }

  async function runJob(held: Running): Promise<void> {
    const heart = setInterval(() => void renewLease(held.job, clock()).catch(logFault), LEASE / 3);
    try {
      await withinTime(
        longestIn(held.job.lane),
        inLane(READS[held.job.lane], () => perform(held.job)),
      );
      ended.push(held.job);
    } catch (thrown) {
      const { job } = held;
      if (thrown instanceof PutOff) return void (await putOff(job, clock()).catch(logFault));
      const failure = failureOf(thrown);
      const { reason: problem } = failure;
      log.error({ reaction: job.reaction, job: job.id, attempt: job.attempts, problem }, 'job failed');
      // Where not even this can be written, the lease runs out, and the job is claimed again.
      await fail(job, failure, clock()).catch(logFault);
    } finally {
      clearInterval(heart);
    }
  }

  async function perform(job: ClaimedJob): Promise<void> {
    if (!job.event || datedReactions().includes(job.reaction)) refuseWhileClockIsDoubted();
    const routine = routines.find(({ name }) => name === job.reaction);
    if (routine) return void (await routine.run());
    const react = reactions[job.reaction];
    if (!react || !job.event) throw new UnknownWork(`Nothing answers to "${job.reaction}"`);
    await react(job.event);
  }

  /** The queue cannot be reached: whoever is waiting is told so, and the next poll tries again. */
  function breakOff(fault: unknown): void {
    logFault(fault);
    const broken = waiters;
    waiters = [];
    for (const { failed } of broken) failed(fault);
  }

  const logFault = (fault: unknown) =>
    log.error({ fault: String(fault) }, 'the worker could not reach its queue');

  /** Whoever caused a nudge may go on to wait for what it leads to, or be a job that ends: one look at the queue serves all that. */
  function wakeNext(): void {
    next ??= setImmediate(() => {
      if (!stopped) wake();
    });
  }

  function wake(): void {
    clearImmediate(next);
    next = undefined;
    request();
    working ??= inLane('awaited', work)
      .catch(breakOff)
      .finally(() => {
        working = null;
        // Somebody asked just before it ended.
        if (waiters.length > 0) wake();
      });
  }

  const settled = (lanes: readonly Lane[], until = Number.MAX_SAFE_INTEGER): Promise<void> =>
    new Promise((done, failed) => {
      waiters.push({ lanes, until, asked: requests + 1, done, failed });
      // Where each of their lanes is at work, the end of a job looks at the queue anyway.
      if (!lanes.every(lane => jobsIn(lane) > 0)) wake();
    });

  async function tick(): Promise<void> {
    const now = clock();
    await tellOfJumps();
    await doubtClock(now);
    await correctFutureTimes(now);
    // Asked after `now` was read: a jump in between is noticed.
    if (clockHold() === null) {
      await enqueueDue(routines, { now, isStart: !hasTicked });
      hasTicked = true;
    }
    wake();
  }

  async function tellOfJumps(): Promise<void> {
    for (const jump of await compareClocks()) {
      const [from, to] = [jump.from, jump.to].map(at => new Date(at).toISOString());
      log.warn({ from, to }, 'the clock jumped: signing, routines and reminders wait for ten minutes');
    }
  }

  /** Log once that the clock seems to be wrong, until no event lies in the future any more. */
  async function doubtClock(now: number): Promise<void> {
    const latest = await latestFutureEvent(now);
    if (latest !== null && !isClockDoubted) {
      const times = { now: new Date(now).toISOString(), latest: new Date(latest).toISOString() };
      log.warn(times, 'an event lies in the future: is the clock right?');
    }
    isClockDoubted = latest !== null;
  }

  function poll(): void {
    ticking ??= tick()
      .catch(logFault)
      .finally(() => (ticking = null));
    wake();
  }

  return {
    drain: () => settled(laneNames),
    settle: () => settled(laneNames.filter(lane => lane !== 'mail')),
    catchUp: () => settled(['awaited'], clock()),
    start() {
      forgetNudge = onNudge(wakeNext);
      timer = setInterval(poll, POLL);
      poll();
    },
    tick,
    async stop() {
      stopped = true;
      wake();
      forgetNudge();
      clearInterval(timer);
      await ticking;
      await Promise.all([...running.values()].map(({ ended }) => ended));
      await working;
    },
  };
}

/** The result of `work`; rejects with TookTooLong after the longest time that it may take (ms). */
async function withinTime<T>(longest: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new TookTooLong(`It took longer than ${longest / 1000} s`)), longest);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}
