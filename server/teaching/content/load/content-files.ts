import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Fault } from '../schema/types.js';

/** No content file needs more; a larger one is a mistake or an attack. */
const maxBytes = 512 * 1024;

export type TextRead = { ok: true; text: string } | { ok: false; fault: Fault };

const refuse = (file: string, problem: string, fix: string): TextRead => ({
  ok: false,
  fault: { file, line: 0, problem, fix },
});

/** The names inside a content folder, sorted; empty when there is no such folder. Links are listed, and refused on reading. */
export function listFolder(root: string, folder: string): { name: string; isFolder: boolean }[] {
  const path = join(root, folder);
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => !entry.name.startsWith('.'))
    .map(entry => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads one content file as UTF-8. Refuses a missing or oversized file, and one whose real path is outside `root`. */
export function readText(root: string, file: string): TextRead {
  const path = join(root, file);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return refuse(file, 'The file is missing.', 'Write it, or remove what refers to it.');
  if (isOutside(root, path)) {
    return refuse(
      file,
      'The file lies outside the content folder.',
      'Replace the link by a real file in this folder.',
    );
  }
  if (!stat.isFile())
    return refuse(file, 'This is not a plain file.', 'Put a plain text file here; links are refused.');
  if (stat.size > maxBytes) {
    return refuse(
      file,
      `The file has ${stat.size} bytes; at most ${maxBytes} are read.`,
      'Split it into smaller files.',
    );
  }
  return decode(file, readFileSync(path));
}

function isOutside(root: string, path: string): boolean {
  try {
    const inside = relative(realpathSync(root), realpathSync(path));
    return inside === '..' || inside.startsWith(`..${sep}`);
  } catch {
    return true; // a link that leads nowhere
  }
}

function decode(file: string, bytes: Buffer): TextRead {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, text: text.replaceAll('\r\n', '\n') };
  } catch {
    return refuse(file, 'The file is not UTF-8 text.', 'Save it again as UTF-8.');
  }
}
