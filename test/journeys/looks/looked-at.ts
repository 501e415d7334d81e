import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';

/** What the tours looked at: a line for each scene, its digest and its name, in the order of names. */
const FILE = join(projectRoot, 'test/journeys/looked-at.txt');

/** The digests of scenes as they were looked at. */
export const lookedAt = (): Set<string> =>
  new Set(
    readFileSync(FILE, 'utf8')
      .split('\n')
      .map(line => line.split(' ')[0] ?? ''),
  );

/** Forgets what was looked at before. */
export function keepLookedAt(scenes: readonly { readonly digest: string; readonly name: string }[]): void {
  const lines = scenes.map(({ digest, name }) => ({ name, line: `${digest} ${name}` }));
  lines.sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(FILE, lines.map(({ line }) => `${line}\n`).join(''));
}
