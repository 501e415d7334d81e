import { availableParallelism } from 'node:os';
import { openThread, programBeside } from '../../../platform/lib/threads.js';
import type { SignedDocument } from '../../open-badges/sign.js';
import { signAndCheck, type SigningOrder } from './sign-award.js';

/** What a thread answers to an order. */
export type SigningAnswer = { readonly signed: SignedDocument } | { readonly problem: string };

/** Signs certificates outside the thread that answers people. */
export interface Signers {
  /** Throws when the certificate does not verify, or when the thread died: the caller retries. */
  sign(order: SigningOrder): Promise<SignedDocument>;
  /** Start all threads and wait until they are ready. */
  ready(): Promise<void>;
  /** Finish the orders that are under way, then end the threads. */
  close(): Promise<void>;
}

/** One thread leaves the other core of a small machine to pages; more than two would only queue for the database. */
const THREADS = availableParallelism() > 2 ? 2 : 1;

/** In milliseconds. A signature takes about four. Threads stay for the next burst, since starting one takes a second. */
const LIMITS = { answer: 30_000, idle: 300_000 };

/**
 * The first order starts the threads. Until they are ready, certificates are signed on the main thread, with the same
 * result: nobody waits for a thread to start, and certificates are issued also where none can.
 */
export function openSigners(
  program = programBeside(import.meta.url, 'signing-thread-program'),
  size = THREADS,
): Signers {
  const threads = Array.from({ length: size }, () =>
    openThread<SigningOrder, SigningAnswer>(program, LIMITS),
  );
  return {
    async sign(order) {
      for (const thread of threads) void thread.start();
      const [free] = threads.filter(({ isReady }) => isReady).sort((a, b) => a.asked - b.asked);
      return free ? signedBy(await free.ask(order)) : signAndCheck(order);
    },
    async ready() {
      await Promise.all(threads.map(thread => thread.start()));
    },
    async close() {
      await Promise.all(threads.map(thread => thread.close()));
    },
  };
}

function signedBy(answer: SigningAnswer): SignedDocument {
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.signed;
}
