import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Before a parallel run: its processes would all compile at the same moment, into one folder. */
export const mochaGlobalSetup = () => {
  const setUp = fileURLToPath(new URL('../../server/set-up.mjs', import.meta.url));
  execFileSync(process.execPath, [setUp, 'compile'], { stdio: 'inherit' });
};
