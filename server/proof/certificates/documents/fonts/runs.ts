import bidiFactory from 'bidi-js';
import { remembered } from '../../../../platform/lib/remembered.js';
import { canDraw, chainFor, type Weight } from './fonts.js';

/**
 * A piece of a line in one font: its text, and the characters that the font is given to draw. Fonts lay out Arabic and
 * Hebrew from the right, everything else from the left.
 */
export type Run = { font: string; text: string; drawn: string };

/** How a whole text is set, so that all of its lines are set alike. */
export type Face = { readonly chain: readonly string[]; readonly fromRight: boolean };

const REPLACEMENT = '\ufffd';

/** Radio Canada has no replacement character; Noto Sans has one. */
const FALLBACK = 'noto-sans-600';

/** Direction marks: they order a text, and are not drawn. */
const MARKS = /[\u200e\u200f\u061c]/g;

const bidi = bidiFactory();
const segmenter = new Intl.Segmenter('en');

/** The fonts for a text, and its direction: that of its first letter with a direction. */
export const faceFor = remembered(
  { most: 400, keyOf: (text: string, weight: Weight) => `${weight} ${text}` },
  (text, weight): Face => {
    const level = bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0;
    return { chain: chainFor(text, weight), fromRight: level % 2 === 1 };
  },
);

/**
 * Split a line into runs in the order in which they are drawn, from left to right (Unicode Standard Annex 9). The whole
 * line has one font if one can draw it; otherwise each word has; otherwise each letter. What no font can draw becomes
 * U+FFFD.
 */
export const runsOf = remembered(
  { most: 2000, keyOf: (line: string, { chain, fromRight }: Face) => `${chain.join()} ${fromRight} ${line}` },
  splitIntoRuns,
);

function splitIntoRuns(line: string, face: Face): readonly Run[] {
  const { levels } = bidi.getEmbeddingLevels(line, face.fromRight ? 'rtl' : 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const units = piecesOf(line, face.chain).flatMap(({ font, text }) =>
    text.split('').map((unit, index) => ({ font, unit, first: index === 0 })),
  );
  const parts = units.map(({ font, unit, first }, at) => ({
    font: font ?? FALLBACK,
    level: levels[at] ?? 0,
    text: unit,
    drawn: font ? (mirrored.get(at) ?? unit) : first ? REPLACEMENT : '',
  }));
  return inVisualOrder(joined(parts))
    .map(toRun)
    .filter(run => run.drawn !== '');
}

type Piece = { font: string | undefined; text: string };
type Part = Run & { level: number };

function piecesOf(line: string, chain: readonly string[]): Piece[] {
  const whole = firstFor(line, chain);
  if (whole) return [{ font: whole, text: line }];
  const words = line.split(/(\s+)/).filter(Boolean);
  return withSpaces(words.flatMap(word => wordPieces(word, chain)));
}

function wordPieces(word: string, chain: readonly string[]): Piece[] {
  const whole = firstFor(word, chain);
  if (whole) return [{ font: whole, text: word }];
  return graphemes(word).map(letter => ({ font: firstFor(letter, chain), text: letter }));
}

/** A space between two words of one font takes that font, so that its width matches. */
function withSpaces(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, at) => {
    const [before, after] = [pieces[at - 1]?.font, pieces[at + 1]?.font];
    return /^\s+$/.test(piece.text) && before && before === after ? { ...piece, font: before } : piece;
  });
}

function firstFor(text: string, chain: readonly string[]): string | undefined {
  return chain.find(name => canDraw(name, text));
}

function joined(units: readonly Part[]): Part[] {
  const parts: Part[] = [];
  for (const unit of units) {
    const last = parts.at(-1);
    if (last?.font !== unit.font || last.level !== unit.level) parts.push({ ...unit });
    else Object.assign(last, { text: last.text + unit.text, drawn: last.drawn + unit.drawn });
  }
  return parts;
}

/** Rule L2: from the highest level down, reverse every stretch of at least that level. */
function inVisualOrder(parts: readonly Part[]): Part[] {
  let order = [...parts];
  for (let level = Math.max(0, ...parts.map(part => part.level)); level > 0; level--) {
    order = stretches(order, part => part.level >= level).flatMap(({ parts, inside }) =>
      inside ? parts.reverse() : parts,
    );
  }
  return order;
}

function stretches(parts: readonly Part[], test: (part: Part) => boolean) {
  const found: { inside: boolean; parts: Part[] }[] = [];
  for (const part of parts) {
    const inside = test(part);
    const last = found.at(-1);
    if (last?.inside === inside) last.parts.push(part);
    else found.push({ inside, parts: [part] });
  }
  return found;
}

/** Fonts follow the script alone, so brackets in a Hebrew line and Persian digits are reversed here. */
function toRun({ font, text, drawn, level }: Part): Run {
  const visible = inShapingOrder(drawn.replace(MARKS, ''));
  const isFontFromRight = /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(visible);
  const isInFontOrder = isFontFromRight === (level % 2 === 1);
  return { font, text, drawn: isInFontOrder ? visible : graphemes(visible).reverse().join('') };
}

/**
 * Two rules of scripts that HarfBuzz follows and fontkit does not. Unicode puts some marks after others that fonts expect
 * to come later; and the ring of the Thai vowel AM is below a tone mark.
 */
function inShapingOrder(text: string): string {
  return text
    .replace(/\p{M}{2,}/gu, marks => [...marks].sort((a, b) => rank(a) - rank(b)).join(''))
    .replace(/([\u0e34-\u0e37\u0e47-\u0e4e]*)\u0e33/g, '\u0e4d$1\u0e32');
}

/** Hebrew: the dots of shin and sin, dagesh, rafe, holam; Arabic: shadda. */
const FIRST = '\u05c1\u05c2\u05bc\u05bf\u05b9\u05ba\u0651';
const rank = (mark: string): number => (FIRST.includes(mark) ? FIRST.indexOf(mark) : FIRST.length);

/** The letters of a word, each with its marks. */
export function graphemes(word: string): string[] {
  return [...segmenter.segment(word)].map(part => part.segment);
}
