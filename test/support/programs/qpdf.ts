import { spawnSync } from 'node:child_process';

/** What qpdf printed and how it ended. A file that imports this is left out where qpdf is missing (`../tools.cjs`). */
export function qpdf(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('qpdf', args, { encoding: 'utf8', maxBuffer: 1e8 });
}
