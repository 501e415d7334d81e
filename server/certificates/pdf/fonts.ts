import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSync, type Font } from 'fontkit';

/** How heavy a text is drawn. `code` is the fixed-width font, for numbers that people compare. */
export type Weight = 'regular' | 'medium' | 'bold' | 'code';

/** A piece of text that one font can draw. `rtl`: drawn from the right. */
export type Run = { font: string; text: string; rtl: boolean };

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
  // Without a full bidirectional algorithm: a line that begins from the right has its runs from the right.
  return startsFromRight(line) ? runs.reverse() : runs;
}

type Piece = { font: string; text: string };

function fontsOf(line: string, chain: readonly string[]): Piece[] {
  const whole = firstFor(line, chain);
  if (whole) return [{ font: whole, text: line }];
  return line
    .split(/(\s+)/)
    .filter(Boolean)
    .flatMap(word => wordPieces(word, chain));
}

function wordPieces(word: string, chain: readonly string[]): Piece[] {
  const whole = firstFor(word, chain);
  if (whole) return [{ font: whole, text: word }];
  return graphemes(word).map(letter => {
    const font = firstFor(letter, chain);
    return font ? { font, text: letter } : { font: chain[1] ?? 'noto-sans-400', text: REPLACEMENT };
  });
}

/** A space between two words of one font belongs to that font, or their order could not be kept. */
function joinSpaces(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, at) => {
    const [before, after] = [pieces[at - 1], pieces[at + 1]];
    const inside = /^\s+$/.test(piece.text) && before && before.font === after?.font;
    return inside ? { ...piece, font: before.font } : piece;
  });
}

function joined(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = [];
  for (const { font, text } of pieces) {
    const last = runs.at(-1);
    if (last?.font === font) last.text += text;
    else runs.push({ font, text, rtl: font.startsWith('noto-sans-arabic') });
  }
  return runs;
}

function firstFor(text: string, chain: readonly string[]): string | undefined {
  const needed = [...text].filter(letter => !/\p{Default_Ignorable_Code_Point}/u.test(letter));
  return chain.find(name =>
    needed.every(letter => font(name).hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)),
  );
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
