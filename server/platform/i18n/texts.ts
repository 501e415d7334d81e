import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Texts by key. A key has one text or the texts below it. */
export type Texts = { readonly [key: string]: string | Texts };

/** Each slice, and each room of a slice, keeps its texts in a file with this name. */
const FILE = 'en.json';

/** Every text in English. */
export const en = textsBelow(fileURLToPath(new URL('../..', import.meta.url)));

/** The texts of all text files below a folder. Throws if two files have a key of the first level in common. */
export function textsBelow(folder: string): Texts {
  const owners = new Map<string, string>();
  const all: Record<string, string | Texts> = {};
  for (const file of textFiles(folder)) {
    for (const [key, texts] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Texts)) {
      const owner = owners.get(key);
      if (owner !== undefined) throw new Error(`Two files have texts under "${key}": ${owner} and ${file}`);
      owners.set(key, file);
      all[key] = texts;
    }
  }
  return all;
}

/** The paths of all text files below a folder, in order. */
export function textFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === FILE)
    .map(({ parentPath }) => join(parentPath, FILE))
    .sort();
}

/** The keys directly below a key. Throws if the key has no texts below it. */
export function keysBelow(key: string): string[] {
  let found: Texts | string | undefined = en;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'object') throw new Error(`There are no texts below "${key}"`);
  return Object.keys(found);
}
