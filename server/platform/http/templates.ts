import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';

/** A template, and what its source names: to give an icon the whole frame would cost more than to draw it. Null: it may name anything. */
export interface Template {
  /**
   * Compiled when it is first drawn: most pages are not asked for from one start to the next. Throws with the name of the file when it
   * has a syntax error.
   */
  readonly draw: (it: object) => string;
  readonly names: readonly string[] | null;
  /** It shows what it names and nothing else: the same values, the same picture. */
  readonly isPicture: boolean;
}

/** Where pictures lie: most are of few kinds, and many stand on one page. */
const PICTURES = 'components/pictures/';

const ENDING = '.ejs';

/** Every template under `root`, by its name, as it is on disk now. */
export function readTemplates(root: string): Map<string, Template> {
  const files = filesBelow(root).filter(path => path.endsWith(ENDING));
  return new Map(files.map(path => [path.slice(0, -ENDING.length), read(root, path)]));
}

function read(root: string, path: string): Template {
  const source = readFileSync(join(root, path), 'utf8');
  const names = namesIn(source);
  // Whatever it calls may tell of more than its values.
  const isPicture = path.startsWith(PICTURES) && names !== null && !/\bit\.\w+\(/.test(source);
  let draw: Template['draw'] | null = null;
  return { draw: it => (draw ??= compile(source, path))(it), names, isPicture };
}

/**
 * `unsafePrototypeLocals` spares a copy of the values. EJS warns of it for templates that use `with`; ours do not (`strict`).
 */
function compile(source: string, path: string): Template['draw'] {
  const options = { filename: path, localsName: 'it', strict: true, unsafePrototypeLocals: true };
  return ejs.compile(source, { ...options, escape: path.endsWith('.txt.ejs') ? asItIs : escaped });
}

/** The values that a template names, as `it.name`; null for one that hands `it` on as a whole, or takes it apart. */
function namesIn(source: string): string[] | null {
  const code = source.replace(/<%#[^]*?%>/g, '');
  if (/\bit\b(?!\.)/.test(code)) return null;
  return [...new Set([...code.matchAll(/\bit\.(\w+)/g)].map(([, name = '']) => name))];
}

/** What HTML would read as its own; most texts have nothing of it, and a look costs less than a replacement. */
const RESERVED = /[&<>'"]/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escaped(value?: string): string {
  const text = asItIs(value);
  return RESERVED.test(text) ? text.replace(/[&<>'"]/g, found => ENTITIES[found] ?? found) : text;
}

/** Plain text is not HTML: "O'Brien" stays "O'Brien". */
const asItIs = (value?: string): string => `${value ?? ''}`;

/** All files below `root`, as sorted paths with forward slashes. */
export function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map(path => path.replaceAll('\\', '/'))
    .sort();
}
