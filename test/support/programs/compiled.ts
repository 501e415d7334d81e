import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';

/** A parallel run compiles before it begins. */
let isUpToDate = process.env.MOCHA_WORKER_ID !== undefined;

/**
 * The compiled program of a name such as `server/main`, made anew if its sources changed since. A process that compiles
 * them itself takes three times as long to start.
 */
export function compiled(name: string): string {
  if (!isUpToDate)
    execFileSync(process.execPath, [join(projectRoot, 'server/set-up.mjs'), 'compile'], { stdio: 'ignore' });
  isUpToDate = true;
  return join(projectRoot, 'dist', `${name}.js`);
}
