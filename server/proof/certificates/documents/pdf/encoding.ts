import type { Font, Glyph, GlyphRun } from 'fontkit';

/** The parts of a pdfkit font that we use. The codes of its glyphs in the document count from 0. */
export type EmbeddedFont = {
  encode(text: string, features: readonly string[]): [codes: string[], positions: readonly Position[]];
  layout(text: string, features: readonly string[]): SetRun;
  readonly font: Font;
  readonly subset: { readonly glyphs: number[] };
  readonly scale: number;
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
};

type Position = { xAdvance: number; xOffset: number; yOffset: number; advanceWidth: number };

/** Glyphs in the order in which they are written, with their places in the units of PDF. */
type SetRun = Pick<GlyphRun, 'glyphs' | 'advanceWidth'> & { readonly positions: readonly Position[] };

const prepared = new WeakSet<EmbeddedFont>();

/**
 * Make text in this font copyable as it was written. pdfkit stores one meaning for each glyph, but Arabic fonts build
 * several letters from one glyph and dots: here each meaning of a glyph gets its own code.
 */
export function keepMeanings(font: EmbeddedFont): void {
  if (prepared.has(font)) return;
  prepared.add(font);
  const codes = new Map<string | number, number>();
  font.layout = (text, features) => setRun(font.font.layout(text, features), font.scale);
  font.encode = (text, features) => {
    const { glyphs, positions } = font.layout(text, features);
    return [glyphs.map(glyph => codeOf(font, glyph, codes).toString(16).padStart(4, '0')), positions];
  };
}

/** By the run as its font keeps it: a label is on every paper, and pdfkit measures each text before and after it is drawn. */
const setRuns = new WeakMap<GlyphRun, SetRun>();

function setRun(run: GlyphRun, scale: number): SetRun {
  const known = setRuns.get(run);
  if (known) return known;
  const { glyphs, direction } = run;
  const positions = run.positions.map(({ xAdvance, xOffset, yOffset }, at) => ({
    xAdvance: xAdvance * scale,
    xOffset: xOffset * scale,
    yOffset: yOffset * scale,
    advanceWidth: (glyphs[at]?.advanceWidth ?? 0) * scale,
  }));
  const inOrder = direction === 'rtl' ? lettersFirst({ glyphs, positions }) : { glyphs, positions };
  const set = { ...inOrder, advanceWidth: run.advanceWidth * scale };
  setRuns.set(run, set);
  return set;
}

/** How many code points there are. */
const CODE_POINTS = 0x110000;

function codeOf(font: EmbeddedFont, glyph: Glyph, codes: Map<string | number, number>): number {
  const { id, codePoints } = glyph;
  const [letter] = codePoints;
  const isLetter = codePoints.length === 1 && letter !== undefined;
  const meaning = isLetter ? id * CODE_POINTS + letter : `${id}:${codePoints.join(' ')}`;
  const known = codes.get(meaning);
  if (known !== undefined) return known;
  const code = font.subset.glyphs.push(glyph.id) - 1;
  font.widths[code] = glyph.advanceWidth * font.scale;
  font.unicode[code] = glyph.codePoints;
  codes.set(meaning, code);
  return code;
}

/**
 * In right-to-left text the marks of a letter are laid out before it. Readers of the file expect them after it: they are
 * moved there, and back by the width of the letter.
 */
function lettersFirst({ glyphs, positions }: Pick<SetRun, 'glyphs' | 'positions'>) {
  const pairs: { glyph: Glyph; position: Position }[] = [];
  let marks: typeof pairs = [];
  glyphs.forEach((glyph, at) => {
    const position = positions[at] as Position;
    if (position.xAdvance === 0) return void marks.unshift({ glyph, position });
    pairs.push({ glyph: turned(glyph), position }, ...marks.map(mark => moved(mark, -position.xAdvance)));
    marks = [];
  });
  pairs.push(...marks);
  return { glyphs: pairs.map(pair => pair.glyph), positions: pairs.map(pair => pair.position) };
}

const BRACKETS = '()[]{}<>«»‹›';

/** In right-to-left text an opening bracket is drawn as a closing one, and still means an opening one. */
function turned(glyph: Glyph): Glyph {
  const at = BRACKETS.indexOf(String.fromCodePoint(...glyph.codePoints));
  if (at < 0 || glyph.codePoints.length !== 1) return glyph;
  const codePoints = [BRACKETS.codePointAt(at ^ 1) ?? 0];
  return Object.create(glyph, { codePoints: { value: codePoints } }) as typeof glyph;
}

function moved<T extends { position: Position }>(mark: T, by: number): T {
  return { ...mark, position: { ...mark.position, xOffset: mark.position.xOffset + by } };
}
