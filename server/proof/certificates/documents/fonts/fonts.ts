import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { create, type Font, type Glyph } from 'fontkit';
import { remembered } from '../../../../platform/lib/remembered.js';

/** The weight of a text. `code` is the fixed-width font, for numbers that people compare. */
export type Weight = 'regular' | 'medium' | 'bold' | 'code';

/**
 * First choice first. Radio Canada covers Latin; Noto Sans adds Greek, Cyrillic, Vietnamese and Devanagari. All are
 * TrueType, because pdfkit fails on some composed letters of WOFF2 fonts.
 */
const LATIN: Record<Exclude<Weight, 'code'>, readonly string[]> = {
  regular: ['radio-canada-400', 'noto-sans-400'],
  medium: ['radio-canada-500', 'noto-sans-600'],
  bold: ['radio-canada-600', 'noto-sans-600'],
};

const FAMILIES = [
  [/\p{Script=Arabic}/u, 'noto-sans-arabic'],
  [/\p{Script=Hebrew}/u, 'noto-sans-hebrew'],
  [/\p{Script=Thai}/u, 'noto-sans-thai'],
] as const;

const HANGUL = /\p{Script=Hangul}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const EAST = /[\p{Script=Han}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;

const folder = join(packageRoot(), 'server', 'proof', 'certificates', 'documents', 'fonts');
const opened = new Map<string, Font>();

/**
 * The fonts that may draw a text, first choice first. Only fonts whose script occurs are listed: a Chinese font is large,
 * and is opened only when a name needs it.
 */
export function chainFor(text: string, weight: Weight): string[] {
  if (weight === 'code') return ['noto-sans-mono-500'];
  const cut = weight === 'regular' ? 400 : 600;
  const families = FAMILIES.filter(([script]) => script.test(text)).map(([, family]) => `${family}-${cut}`);
  return [...LATIN[weight], ...families, ...eastAsian(text)];
}

/**
 * Chinese, Japanese and Korean share characters that each draws in its own way. Kana and Hangul tell which it is; a text
 * of Han characters alone is drawn as Chinese.
 */
function eastAsian(text: string): string[] {
  if (HANGUL.test(text)) return ['noto-sans-kr-600', 'noto-sans-sc-600', 'noto-sans-jp-600'];
  if (KANA.test(text)) return ['noto-sans-jp-600', 'noto-sans-sc-600', 'noto-sans-kr-600'];
  return EAST.test(text) ? ['noto-sans-sc-600', 'noto-sans-jp-600', 'noto-sans-kr-600'] : [];
}

/** Whether a font has a glyph for every character of a text, except those that are never drawn. */
export function canDraw(name: string, text: string): boolean {
  const used = font(name);
  const drawn = text.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return [...drawn].every(letter => used.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
}

/** A font by the name of its file without extension; opened once and cached. */
export function font(name: string): Font {
  const known = opened.get(name) ?? withRecentRuns(withOwnLetters(create(fontFile(name))));
  opened.set(name, known);
  return known;
}

/**
 * fontkit caches each glyph with the letters that it first represented, so the text of a document would depend on the
 * documents drawn before it. Here every use of a glyph has its own letters.
 */
function withOwnLetters(opened: Font): Font {
  const shared = opened.getGlyph.bind(opened);
  opened.getGlyph = (id, codePoints = []) => {
    const glyph = shared(id);
    share(glyph);
    return Object.create(glyph, { codePoints: { value: codePoints } }) as Glyph;
  };
  return opened;
}

/** A glyph with what fontkit reads of its outline whenever it is embedded; its types leave that out. */
type Outlined = Glyph & { _decode?: () => unknown };

const shared = new WeakSet<Glyph>();

/** Width and outline are read once, and stay with the glyph that all uses share, instead of being read again for each. */
function share(glyph: Outlined): void {
  if (shared.has(glyph)) return;
  shared.add(glyph);
  void glyph.advanceWidth;
  const decode = glyph._decode?.bind(glyph);
  if (!decode) return;
  let outline: { read: unknown } | null = null;
  glyph._decode = () => (outline ??= { read: decode() }).read;
}

/** Laid-out texts that a font keeps: labels and notes recur on every certificate, and each text is laid out to be measured and again to be drawn. */
const MAX_RUNS = 400;

/** Papers share them: pdfkit, which would scale the places of the glyphs where they are, cannot change them. */
function withRecentRuns(opened: Font): Font {
  const layOut = opened.layout.bind(opened);
  const keyOf = (text: string, features: readonly string[]) => `${features.join()} ${text}`;
  opened.layout = remembered({ most: MAX_RUNS, keyOf }, (text, features) => {
    const run = layOut(text, features);
    run.positions.forEach(position => Object.freeze(position));
    return run;
  });
  return opened;
}

/** The large fonts are stored compressed, at half their size; they open within a few hundredths of a second. */
function fontFile(name: string): Buffer {
  const plain = join(folder, `${name}.ttf`);
  return existsSync(plain) ? readFileSync(plain) : brotliDecompressSync(readFileSync(`${plain}.br`));
}

/** The fonts are not compiled into dist/, so they are found from the root of the package, from server/ and dist/ alike. */
function packageRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, 'package.json'))) {
    if (at === dirname(at)) throw new Error('No package.json above the certificate code');
    at = dirname(at);
  }
  return at;
}
