import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { projectRoot } from '../../../server/config.js';
import type { Scene } from '../scenes/scene.js';

/** A page as the server answers: its HTML, and what a browser may do on it. */
export interface Answer {
  readonly html: string;
  readonly policy: string;
}

/**
 * Stands for all that decides what looks find in a scene: the page in English and turned round, the files that it loads, what
 * is done on it, and the looks themselves. The browser does not count: `npm run tour` asks a new one.
 */
export const digestOf = ({ name, act }: Scene, answers: readonly Answer[]): string =>
  hash([
    ...[LOOKS, name, String(act)],
    ...answers.flatMap(({ html, policy }) => [plain(html), plain(policy), ...filesOf(html)]),
  ]);

const hash = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);

/**
 * The looks, and the tools that they use, without the addresses of what they import: a file that moves finds the same. This file is
 * none: what it takes for the same changes the digests themselves.
 */
const LOOKS = hash(
  [
    ...readdirSync(import.meta.dirname)
      .filter(name => !name.endsWith('.test.ts') && name !== basename(import.meta.filename))
      .map(name => `test/journeys/looks/${name}`),
    ...['axe-core', 'html-validate'].map(name => `node_modules/${name}/package.json`),
  ]
    .sort()
    .map(path => readFileSync(join(projectRoot, path), 'utf8').replace(/^import [^;]*;$/gm, '')),
);

const { assets, assetPrefix } = installedViews();
const textOf = new Map(assets.map(({ path, file }) => [path, readFileSync(file, 'latin1')]));

/** A file and all that it names: a sheet its fonts, a script the scripts that it loads. */
function withNamed(path: string, known = new Set<string>()): Set<string> {
  known.add(path);
  const text = /\.(css|js)$/.test(path) ? (textOf.get(path) ?? '') : '';
  for (const other of textOf.keys()) if (!known.has(other) && text.includes(other)) withNamed(other, known);
  return known;
}

const digests = new Map(
  assets.map(({ path, url }) => [url, hash([...withNamed(path)].sort().map(each => textOf.get(each) ?? ''))]),
);

/** The digests of the files that a page loads, and of all that these name. */
const filesOf = (html: string): string[] =>
  [...digests].filter(([url]) => html.includes(url)).map(([, digest]) => digest);

/** Ids, codes and tokens, of which one is as long as another, what begins with a part of one, and what is drawn from them. */
const IDS = new RegExp(
  [
    /(?<=token(?:=|%3D|" value="))[\w.-]+/,
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
    // Not a colour, nor a part of a drawing.
    /(?<![#\w])(?=[a-f]*\d)[0-9a-f]{6,}(?!\w)|[0-9a-f]{16,}/,
    /z6Mk\w{44}|spt_[\w-]+|(?<=domain=)[\w-]{22}/,
    /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/,
    /[0-9A-Z]{4}-[0-9A-Z]{4}(?:-|<br>)[0-9A-Z]{4}-[0-9A-Z]{4}|(?<!\w)[0-9A-Z]{4}-[0-9A-Z]{4}(?!\w)/,
    /(?<=\/(?:join|classroom)\/)[0-9A-Z]{8}|(?<=value=")[0-9A-Z]{6,8}(?=")/,
    /\w(?=•••@)/,
    /(?<=<svg class="qr[^"]*").*?(?=<\/svg>)|(?<=<symbol id="entry-qr[^"]*").*?(?=<\/symbol>)/,
    /127\.0\.0\.1(?::|%3A)\d+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gs',
);
/** `29 November 2026`, also turned round. */
const DATES = /\d{1,2}\s[^\s\d<>]+\s\d{4}/g;
/** Where numbers are said. They may have any value of their length; those of a drawing decide how it looks. */
const NUMBERS = />[^<]+|\b(value|href|action|content|datetime|id|for|name|aria-[a-z]+|data-[a-z-]+)="[^"]*"/g;

/** A page without what is otherwise on each run, and without what changes whenever any file does. */
const plain = (html: string): string =>
  html
    .replaceAll(assetPrefix, '')
    .replace(IDS, 'id')
    .replace(DATES, 'date')
    .replace(NUMBERS, text => text.replace(/\d/g, '0'));
