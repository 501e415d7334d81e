import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSync, type Font } from 'fontkit';

/** How heavy a text is drawn. `code` is the fixed-width font, for numbers that people compare. */
export type Weight = 'regular' | 'medium' | 'bold' | 'code';

/** A piece of text for one font: what it says, and what is given to the font to draw. */
export type Run = { font: string; text: string; drawn: string };

/**
 * First choice first. Radio Canada holds Latin, Noto Sans adds Greek, Cyrillic, Vietnamese and Devanagari.
 * They are TrueType because pdfkit fails on some composed letters of WOFF2 fonts.
 */
const CHAINS: Record<Weight, readonly string[]> = {
  regular: ['radio-canada-400', 'noto-sans-400', 'noto-sans-arabic-400'],
  medium: ['radio-canada-500', 'noto-sans-600', 'noto-sans-arabic-600'],
  bold: ['radio-canada-600', 'noto-sans-600', 'noto-sans-arabic-600'],
  code: ['noto-sans-mono-500'],
};

const FALLBACK = 'noto-sans-600';
const REPLACEMENT = '\ufffd';
const folder = join(packageRoot(), 'server', 'certificates', 'fonts');
const opened = new Map<string, Font>();

/** Gives every font its name in a document; only what is drawn with gets embedded. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const name of new Set(Object.values(CHAINS).flat())) doc.registerFont(name, font(name));
}

/**
 * Splits a line into runs, from left to right as they are drawn. The whole line keeps one font if one can
 * draw it; else every word; else every letter. What no font can draw becomes U+FFFD.
 */
export function runsOf(line: string, weight: Weight): Run[] {
  const chain = CHAINS[weight];
  const runs = joined(joinSpaces(fontsOf(line, chain)));
  return startsFromRight(line) ? runs.reverse().map(mirrored) : runs;
}

function fontsOf(line: string, chain: readonly string[]): Run[] {
  const whole = firstFor(line, chain);
  if (whole) return [run(whole, line)];
  return line
    .split(/(\s+)/)
    .filter(Boolean)
    .flatMap(word => wordRuns(word, chain));
}

function wordRuns(word: string, chain: readonly string[]): Run[] {
  const whole = firstFor(word, chain);
  if (whole) return [run(whole, word)];
  return graphemes(word).map(letter => {
    const font = firstFor(letter, chain);
    return font ? run(font, letter) : { font: FALLBACK, text: letter, drawn: REPLACEMENT };
  });
}

/** pdfkit lays out word by word from the left; with spaces that do not break, Arabic words keep their order. */
function run(font: string, text: string): Run {
  return { font, text, drawn: isArabic(font) ? text.replace(/\s/g, '\u00a0') : text };
}

/** A space between two words of one font belongs to that font, or their order could not be kept. */
function joinSpaces(runs: readonly Run[]): Run[] {
  return runs.map((each, at) => {
    const [before, after] = [runs[at - 1], runs[at + 1]];
    const inside = /^\s+$/.test(each.text) && before && before.font === after?.font;
    return inside ? run(before.font, each.text) : each;
  });
}

function joined(runs: readonly Run[]): Run[] {
  const whole: Run[] = [];
  for (const { font, text, drawn } of runs) {
    const last = whole.at(-1);
    if (last?.font === font) Object.assign(last, { text: last.text + text, drawn: last.drawn + drawn });
    else whole.push({ font, text, drawn });
  }
  return whole;
}

function firstFor(text: string, chain: readonly string[]): string | undefined {
  return chain.find(name => canDraw(name, text));
}

/** The Arabic font holds Latin letters and digits too, but what it draws is laid out from the right. */
function canDraw(name: string, text: string): boolean {
  if (isArabic(name) && /[\p{Script=Latin}\d]/u.test(text)) return false;
  const needed = [...text].filter(letter => !/\p{Default_Ignorable_Code_Point}/u.test(letter));
  return needed.every(letter => font(name).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
}

function isArabic(font: string): boolean {
  return font.startsWith('noto-sans-arabic');
}

/**
 * In a line from the right (we have no full bidirectional algorithm) the runs come in reverse order; the
 * spaces at the ends of a run from the left then belong to its other end.
 */
function mirrored(each: Run): Run {
  const [, start = '', middle = '', end = ''] = /^(\s*)(.*?)(\s*)$/s.exec(each.drawn) ?? [];
  return isArabic(each.font) ? each : { ...each, drawn: end + middle + start };
}

/** The letters of a word, each with its marks. */
export function graphemes(word: string): string[] {
  return [...new Intl.Segmenter('en').segment(word)].map(part => part.segment);
}

function startsFromRight(line: string): boolean {
  return /^\P{L}*\p{Script=Arabic}/u.test(line);
}

function font(name: string): Font {
  const known = opened.get(name) ?? openSync(join(folder, `${name}.ttf`));
  opened.set(name, known);
  return known;
}

/** The fonts are not compiled, so they are found from the package's root: the same from server/ and dist/. */
function packageRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, 'package.json'))) {
    if (at === dirname(at)) throw new Error('No package.json above the certificate code');
    at = dirname(at);
  }
  return at;
}
