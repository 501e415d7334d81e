import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Texts by key. A key has one text or the texts below it. */
export type Texts = { readonly [key: string]: string | Texts };

/** Each slice, and each room of a slice, keeps its texts in a file with this name. */
const FILE = 'en.json';

/** Every text in English. */
export const en = textsBelow(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * The texts of all text files below a folder, merged: a list of what all slices do has the words of each in the slice itself. Throws
 * if two files have the same text.
 */
export function textsBelow(folder: string): Texts {
  const all: Growing = {};
  for (const file of textFiles(folder)) add(all, JSON.parse(readFileSync(file, 'utf8')) as Texts, file, '');
  return all;
}

interface Growing {
  [key: string]: string | Growing;
}

function add(all: Growing, texts: Texts, file: string, above: string): void {
  for (const [key, text] of Object.entries(texts)) {
    const known = all[key];
    if (typeof text !== 'string' && typeof known !== 'string')
      add((all[key] = known ?? {}), text, file, `${above}${key}.`);
    else if (known === undefined) all[key] = text as string;
    else throw new Error(`${file} has a second text for "${above}${key}"`);
  }
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
