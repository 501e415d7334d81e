import { Cron } from 'croner';
import type { EventName, RecordedEvent } from './events/catalogue.js';
import { claim, enqueue, eventOf, fanOut, finish, onNudge, postpone, type Job } from './events/queue.js';
import { inLane } from './db/lanes.js';
import { inTransaction } from './db/transaction.js';
import type { Logger } from './lib/log.js';

/** When `event` then `run`. Idempotent: it may be run again after a crash. */
export interface Reaction<N extends EventName = EventName> {
  readonly name: string;
  readonly on: N;
  /** Somebody waits for it at a screen: it goes before what may take its time. */
  readonly isAwaited?: boolean;
  readonly run: (event: RecordedEvent<N>) => Promise<unknown>;
}

/** Work that the clock asks for. `cron` is in UTC; one run a `cron` time, however many processes there are. */
export interface Routine {
  readonly name: string;
  readonly cron: string;
  readonly run: () => Promise<unknown>;
}

export interface Worker {
  /** Begin to listen for news and for the clock. */
  readonly start: () => void;
  /** Do all that is due now, and all that follows from it. */
  readonly drain: () => Promise<void>;
  /** Finish the job at hand and stop. */
  readonly stop: () => Promise<void>;
}

/** Polls this often for work that another process left behind (ms). */
const POLL = 5_000;

/** The one that turns news into work and does it. Jobs hold no logic: they name a reaction or a routine. */
export function createWorker({
  reactions,
  routines,
  clock,
  log,
}: {
  reactions: readonly Reaction[];
  routines: readonly Routine[];
  clock: () => number;
  log: Logger;
}): Worker {
  const byEvent = new Map<string, Reaction[]>();
  for (const reaction of reactions) byEvent.set(reaction.on, [...(byEvent.get(reaction.on) ?? []), reaction]);
  const reactionsTo = (event: EventName) => byEvent.get(event) ?? [];
  let draining: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let clocks: Cron[] = [];
  let forgetNudge = () => {};

  async function drainOnce(): Promise<void> {
    for (;;) {
      while ((await fanOut(reactionsTo, clock())) > 0);
      const job = stopped ? null : await claim(clock());
      if (!job) return;
      await runJob(job);
    }
  }

  async function runJob(job: Job): Promise<void> {
    try {
      await inLane('jobs', () => perform(job));
      await finish(job, clock());
    } catch (fault) {
      const problem = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown fault';
      log.error({ reaction: job.reaction, job: job.id, attempt: job.attempts, problem }, 'job failed');
      await postpone(job, problem, clock());
    }
  }

  async function perform(job: Job): Promise<void> {
    const routine = routines.find(({ name }) => name === job.reaction);
    if (routine) return void (await routine.run());
    const reaction = reactions.find(({ name }) => name === job.reaction);
    const event = reaction && (await eventOf(job));
    if (!reaction || !event) throw new Error(`Nothing answers to "${job.reaction}"`);
    await reaction.run(event);
  }

  function drain(): Promise<void> {
    again = draining !== null;
    draining ??= drainOnce()
      .finally(() => (draining = null))
      .then(() => (again ? ((again = false), drain()) : undefined));
    return draining;
  }

  const wake = () => {
    drain().catch((fault: unknown) =>
      log.error({ fault: String(fault) }, 'the worker could not reach its queue'),
    );
  };

  const ask = async (routine: Routine) => {
    const now = clock();
    const minute = new Date(now).toISOString().slice(0, 16);
    const job = { reaction: routine.name, payload: '{}', dedupeKey: `${routine.name}:${minute}`, now };
    await inTransaction(() => enqueue(job));
    wake();
  };

  return {
    drain,
    start() {
      forgetNudge = onNudge(wake);
      timer = setInterval(wake, POLL);
      clocks = routines.map(
        routine =>
          new Cron(
            routine.cron,
            { timezone: 'UTC', catch: fault => log.error({ fault: String(fault) }, 'routine failed') },
            () => ask(routine),
          ),
      );
      wake();
    },
    async stop() {
      stopped = true;
      forgetNudge();
      clearInterval(timer);
      for (const running of clocks) running.stop();
      await draining;
    },
  };
}
