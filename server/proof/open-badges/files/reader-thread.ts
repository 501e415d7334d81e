import { openThread, programBeside, ThreadFault, type ThreadLimits } from '../../../platform/lib/threads.js';
import type { Examined, FileToExamine } from './examine.js';

/** Examines files of strangers in a thread of its own. Null: it took too long or too much memory, or too many files wait. */
export type FileReader = (file: FileToExamine) => Promise<Examined | null>;

/** How many files may wait. */
const WAITING = 30;

/**
 * One thread for all files, one file at a time. It starts with the first file, and ends when none comes for a while or when
 * a file misbehaves. `report` receives what went wrong, in words that contain nothing of the file.
 */
export function openFileReader(
  report: (fault: string) => void,
  { waiting = WAITING, ...limits }: Partial<ThreadLimits & { waiting: number }> = {},
  program = programBeside(import.meta.url, 'reader-thread-program'),
): FileReader {
  const thread = openThread<FileToExamine, Examined>(program, limits);
  return async file => {
    if (thread.asked > waiting) return null;
    try {
      return await thread.ask(file);
    } catch (fault) {
      if (!(fault instanceof ThreadFault)) throw fault;
      report(fault.message);
      return null;
    }
  };
}
