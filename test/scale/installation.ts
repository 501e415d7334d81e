import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from '../../server/config.js';
import { cpuOf, startOf, startPinned, type Measured } from '../bench/processes.js';

/** Where an installation is: as the program takes it from its environment. */
type Place = Readonly<Record<string, string>> & { readonly DATA_DIR: string };

/** Seeds it, unless it was kept since the last time. Returns the password of those who can sign in. */
export async function seeded(
  env: Place,
  size: { readonly people: number; readonly requirements: number },
): Promise<string> {
  const note = join(env.DATA_DIR, 'password.txt');
  if (existsSync(note)) return readFileSync(note, 'utf8');
  mkdirSync(env.DATA_DIR, { recursive: true });
  const password = await filled(env, size);
  writeFileSync(note, password);
  return password;
}

async function filled(env: Place, { people, requirements }: { people: number; requirements: number }) {
  const fill = join(projectRoot, 'test/scale/fill.ts');
  const program = ['--import', 'tsx', fill, String(people), String(requirements)];
  const { stdout } = await promisify(execFile)(process.execPath, program, {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  return /the password: (.+)/.exec(stdout)?.[1] ?? '';
}

/** The server as it is installed. */
export function started(env: Place): Promise<Measured> {
  const port = 20_000 + (process.pid % 20_000);
  return startPinned(
    startOf(projectRoot),
    { ...env, PORT: String(port), TRUST_PROXY: '1', LOG_LEVEL: 'error' },
    printed => (printed.includes('SMTP_URL') ? `http://localhost:${port}` : null),
  );
}

/** What the server does at its start is not part of a page. Waits for two minutes at most. */
export async function atRest(server: Measured): Promise<void> {
  for (let tries = 0, before = cpuOf(server); tries < 60; tries += 1) {
    await pause(2_000);
    const now = cpuOf(server);
    if (now - before < 100_000) return;
    before = now;
  }
}

/** The files of a folder in MB. */
export function sizeOf(of: string): number {
  return readdirSync(of).reduce((sum, name) => sum + statSync(join(of, name)).size, 0) / 1e6;
}
