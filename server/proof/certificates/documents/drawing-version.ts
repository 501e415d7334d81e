import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../../config.js';

let known: string | undefined;

/**
 * One hash of the code that draws papers and of the versions of its libraries: what another program drew is drawn anew.
 * Read once in a process.
 */
export const drawingVersion = (): string => (known ??= hashOfCode(dirname(fileURLToPath(import.meta.url))));

function hashOfCode(folder: string): string {
  const hash = createHash('sha256').update(readFileSync(join(projectRoot, 'package.json')));
  // What is said of older certificates instead of their signed words is part of the paper.
  for (const reader of ['signed-facts', 'credential'])
    hash.update(readFileSync(join(folder, `../../open-badges/${reader}${extname(import.meta.filename)}`)));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.[jt]s$/.test(name),
  );
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
