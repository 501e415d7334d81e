import { Unavailable } from '../../../errors.js';
import { openThread, programBeside, type ThreadLimits } from '../../../platform/lib/threads.js';
import type { DocumentAnswer, DocumentQuestion, PaperOrder, StatementOrder } from './paper-orders.js';

/** Draws papers outside the thread that answers people: one thread for all, one paper at a time. */
export interface DocumentThread {
  /** Throws `Unavailable` when too many papers wait, or the thread failed twice. */
  draw(order: PaperOrder | StatementOrder): Promise<Buffer>;
  /** Whether our fonts can print every letter of a name. Throws as `draw` does. */
  isWhole(name: string): Promise<boolean>;
  /** Draw what was asked for, then end the thread. */
  close(): Promise<void>;
}

/** How many papers may wait: a few seconds of drawing. */
const WAITING = 200;

/**
 * In milliseconds and megabytes. A paper takes a hundredth of a second, the first in Chinese half a second. The thread
 * stays for a few more readers, and then gives the memory of the fonts back.
 */
const LIMITS = { answer: 15_000, idle: 60_000, memory: 256 };

/** The first question starts the thread. A question whose thread dies is asked once more, of a new thread. */
export function openDocumentThread(
  { waiting = WAITING, ...limits }: Partial<ThreadLimits & { waiting: number }> = {},
  program = programBeside(import.meta.url, 'document-thread-program'),
): DocumentThread {
  const thread = openThread<DocumentQuestion, DocumentAnswer>(program, { ...LIMITS, ...limits });

  async function ask(question: DocumentQuestion): Promise<DocumentAnswer> {
    if (thread.asked >= waiting) throw new Unavailable('Too many papers are waiting to be drawn');
    const answer = await thread
      .ask(question)
      .catch(() => thread.ask(question))
      .catch((cause: unknown) => {
        throw new Unavailable('Papers cannot be drawn at the moment', { cause });
      });
    if ('problem' in answer) throw new Error(answer.problem);
    return answer;
  }

  return {
    async draw(order) {
      const answer = await ask(order);
      if (!('drawn' in answer)) throw new Error('The document thread drew nothing');
      const { buffer, byteOffset, byteLength } = answer.drawn;
      return Buffer.from(buffer, byteOffset, byteLength);
    },
    async isWhole(name) {
      const answer = await ask({ kind: 'is-whole', name });
      return 'isWhole' in answer && answer.isWhole;
    },
    close: () => thread.close(),
  };
}
