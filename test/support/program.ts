import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../server/config.js';

/** How a program ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the server or the command line from its sources, with these settings and none of the tester's, to its end.
 * Only for a server that is to refuse: one that starts would never end.
 */
export async function runProgram(
  name: 'main' | 'cli',
  args: readonly string[],
  settings: NodeJS.ProcessEnv,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(projectRoot, `server/${name}.ts`), ...args],
    {
      env: {
        PATH: process.env.PATH,
        TMPDIR: process.env.TMPDIR,
        SETTINGS_FILE: '/dev/null',
        LOG_LEVEL: 'fatal',
        PORT: '0',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { status, out, err };
}
