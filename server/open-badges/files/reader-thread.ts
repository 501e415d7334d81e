import { openThread, programBeside, ThreadFault, type ThreadLimits } from '../../lib/threads.js';
import type { Examined, Handed } from './examine.js';

/** Reads files of strangers in a thread of its own. `null`: it took too long, too much, or too many wait. */
export type Reader = (handed: Handed) => Promise<Examined | null>;

/** Files that may wait. */
const WAITING = 30;

/**
 * One thread for all files, one file at a time: started with the first, ended when none came for a while, and
 * with every file that does not behave. `report` is told what went wrong, in a word that holds nothing of the file.
 */
export function openReader(
  report: (fault: string) => void,
  { waiting = WAITING, ...limits }: Partial<ThreadLimits & { waiting: number }> = {},
  program = programBeside(import.meta.url, 'worker'),
): Reader {
  const thread = openThread<Handed, Examined>(program, limits);
  return async handed => {
    if (thread.asked > waiting) return null;
    try {
      return await thread.ask(handed);
    } catch (fault) {
      if (!(fault instanceof ThreadFault)) throw fault;
      report(fault.message);
      return null;
    }
  };
}
