import { Worker } from 'node:worker_threads';

/** Times in milliseconds. */
export interface ThreadLimits {
  /** A question that takes longer ends the thread. */
  readonly answer: number;
  readonly start: number;
  /** An idle thread ends after this time. */
  readonly idle: number;
  /** Megabytes of heap. */
  readonly memory: number;
}

/** Answers questions outside the main thread, one at a time and in order. The first question starts it. */
export interface Thread<Question, Answer> {
  /** The number of questions that are being answered or waiting. */
  readonly asked: number;
  /** The thread has started. */
  readonly isReady: boolean;
  /** Start the thread, unless it is started already; resolves when it is ready. */
  start(): Promise<void>;
  /**
   * Throws `ThreadFault` when the thread fails, ends or takes too long. The thread then ends; the next question starts another.
   * `moved`: bytes in the question that are handed over instead of copied, and empty here from then on.
   */
  ask(question: Question, moved?: readonly ArrayBuffer[]): Promise<Answer>;
  /** Answer every question asked so far, then end the thread. */
  close(): Promise<void>;
}

/** What ended a thread: a code of Node, the name of an error, the thread's exit code, or `late`. It says nothing about the question. */
export class ThreadFault extends Error {}

/** One thread, from its beginning to its end. */
interface Running {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  isReady: boolean;
}

const LIMITS: ThreadLimits = { answer: 3_000, start: 30_000, idle: 30_000, memory: 128 };

/**
 * A thread that runs `program`. The program posts a first message when it is ready, and then one answer for each
 * message. Its environment is empty. The thread does not keep the process alive; a question does.
 */
export function openThread<Question, Answer>(
  program: URL,
  limits: Partial<ThreadLimits> = {},
): Thread<Question, Answer> {
  const { answer, start: toStart, idle, memory } = { ...LIMITS, ...limits };
  let running: Running | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;
  let rest: NodeJS.Timeout | undefined;

  function start(): Running {
    if (running) return running;
    const worker = startWorker(program, memory);
    const ready = nextMessage(worker, toStart).then(
      () => void (begun.isReady = true),
      async (fault: unknown) => {
        await worker.terminate();
        throw fault;
      },
    );
    // Whoever waits gets the error; a start that nobody waits for fails silently, and the next question retries.
    ready.catch(() => undefined);
    const begun: Running = { worker, ready, isReady: false };
    worker.once('exit', () => {
      if (running === begun) running = null;
    });
    return (running = begun);
  }

  async function end(): Promise<void> {
    clearTimeout(rest);
    const ending = running;
    running = null;
    await ending?.worker.terminate();
  }

  async function answerTo(question: Question, moved: readonly ArrayBuffer[]): Promise<Answer> {
    clearTimeout(rest);
    try {
      const { worker, ready } = start();
      await ready;
      const answered = nextMessage(worker, answer);
      worker.postMessage(question, moved);
      return (await answered) as Answer;
    } catch (fault) {
      await end();
      throw new ThreadFault(nameOf(fault));
    } finally {
      asked -= 1;
      rest = setTimeout(() => void end(), idle).unref();
    }
  }

  return {
    get asked() {
      return asked;
    },
    get isReady() {
      return running?.isReady ?? false;
    },
    start: () => start().ready,
    ask(question, moved = []) {
      asked += 1;
      const mine = last.then(() => answerTo(question, moved));
      last = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      await last;
      await end();
    },
  };
}

/** The program `name` beside the module with this address (`import.meta.url`), compiled or not as that module is. */
export const programBeside = (module: string, name: string): URL =>
  new URL(`./${name}${module.endsWith('.ts') ? '.ts' : '.js'}`, module);

/** Loads TypeScript support in a thread before it runs the program. */
const UNCOMPILED = new URL('./thread-uncompiled.mjs', import.meta.url);

/** Megabytes for what a thread has just made. It is filled before anything is collected, and each thread keeps its own. */
const YOUNG = 8;

function startWorker(program: URL, memory: number): Worker {
  const isCompiled = !program.pathname.endsWith('.ts');
  const worker = new Worker(isCompiled ? program : UNCOMPILED, {
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG, stackSizeMb: 4 },
    workerData: program.href,
    // It needs no environment, and must not be able to reveal any.
    env: {},
  });
  worker.unref();
  // A thread that ends between two questions is no error: the next question starts another.
  worker.on('error', () => undefined);
  return worker;
}

function nameOf(fault: unknown): string {
  if (fault instanceof ThreadFault) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  return 'code' in fault ? String(fault.code) : fault.name;
}

/** The next message; rejects when the thread ends, or sends none in time. */
function nextMessage(worker: Worker, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => refuse('late'), limit);
    const refuse = (fault: unknown) => {
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
