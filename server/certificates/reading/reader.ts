import { Worker } from 'node:worker_threads';
import type { Examined, Handed } from './examine.js';

/** Reads files of strangers in a thread of its own. `null`: it took too long, too much, or too many wait. */
export type Reader = (handed: Handed) => Promise<Examined | null>;

/** Times in milliseconds; `memory` in megabytes, of the thread's heap; `waiting`: files that may wait. */
const LIMITS = { file: 3_000, start: 30_000, idle: 30_000, memory: 128, waiting: 30 };

/**
 * One thread for all files, one file at a time: started with the first, ended when none came for a while, and
 * with every file that does not behave. `report` is told what went wrong, in a word that holds nothing of the file.
 */
export function openReader(
  report: (fault: string) => void,
  limits: Partial<typeof LIMITS> = {},
  program = WORKER,
): Reader {
  const { file, start, idle, memory, waiting } = { ...LIMITS, ...limits };
  let thread: Promise<Worker> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;
  let rest: NodeJS.Timeout | undefined;

  async function begin(): Promise<Worker> {
    const worker = new Worker(program, {
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      // It needs none, and nothing that it reads may find any.
      env: {},
    });
    worker.unref();
    // One that ends between two files is nobody's fault: the next file starts another.
    worker.on('error', () => undefined);
    await answer(worker, start).catch(async (fault: unknown) => {
      await worker.terminate();
      throw fault;
    });
    return worker;
  }

  async function end(): Promise<void> {
    const ending = thread;
    thread = null;
    await ending?.then(worker => worker.terminate()).catch(() => undefined);
  }

  async function read(handed: Handed): Promise<Examined | null> {
    clearTimeout(rest);
    try {
      if ((await thread)?.threadId === ENDED) thread = null;
      const worker = await (thread ??= begin());
      const examined = answer(worker, file);
      worker.postMessage(handed);
      return (await examined) as Examined;
    } catch (fault) {
      report(nameOf(fault));
      await end();
      return null;
    } finally {
      rest = setTimeout(() => void end(), idle).unref();
    }
  }

  return async handed => {
    if (asked > waiting) return null;
    asked += 1;
    const mine = last.then(() => read(handed)).finally(() => (asked -= 1));
    last = mine;
    return mine;
  };
}

/** Beside this file, compiled or not. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './worker-uncompiled.mjs' : './worker.js',
  import.meta.url,
);

/** The id of a thread that has ended, as Node says it. */
const ENDED = -1;

class ThreadFault extends Error {}

/** A code of Node, the name of an error, the exit code of the thread, or `late`. */
function nameOf(fault: unknown): string {
  if (fault instanceof ThreadFault) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  return 'code' in fault ? String(fault.code) : fault.name;
}

/** The next message; rejects when the thread ends, or says nothing in time. */
function answer(worker: Worker, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => refuse(), limit);
    const refuse = (fault: unknown = 'late') => {
      stop();
      reject(new ThreadFault(nameOf(fault)));
    };
    const take = (value: unknown) => {
      stop();
      resolve(value);
    };
    const stop = () => {
      clearTimeout(late);
      worker.off('message', take).off('error', refuse).off('exit', refuse);
    };
    worker.once('message', take).once('error', refuse).once('exit', refuse);
  });
}
