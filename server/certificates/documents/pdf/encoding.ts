import type { GlyphRun } from 'fontkit';

/** The parts of a pdfkit font that we use. The codes of its glyphs in the document count from 0. */
export type EmbeddedFont = {
  encode(text: string, features: readonly string[]): [codes: string[], positions: Position[]];
  layout(text: string, features: readonly string[]): Omit<GlyphRun, 'positions'> & { positions: Position[] };
  readonly subset: { readonly glyphs: number[] };
  readonly scale: number;
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
};

type Position = { xAdvance: number; xOffset: number; yOffset: number; advanceWidth: number };

const prepared = new WeakSet<EmbeddedFont>();

/**
 * Make text in this font copyable as it was written. pdfkit stores one meaning for each glyph, but Arabic fonts build
 * several letters from one glyph and dots: here each meaning of a glyph gets its own code.
 */
export function keepMeanings(font: EmbeddedFont): void {
  if (prepared.has(font)) return;
  prepared.add(font);
  const codes = new Map<string, number>();
  const layOut = font.layout.bind(font);
  let last: { readonly text: string; readonly run: ReturnType<typeof layOut> } | undefined;
  // pdfkit measures each text before and after it is drawn; the features are always the same.
  font.layout = (text, features) => {
    if (last?.text !== text) last = { text, run: layOut(text, features) };
    return last.run;
  };
  font.encode = (text, features) => {
    const run = font.layout(text, features);
    const { glyphs, positions } = run.direction === 'rtl' ? lettersFirst(run) : run;
    return [glyphs.map(glyph => codeOf(font, glyph, codes).toString(16).padStart(4, '0')), positions];
  };
}

function codeOf(font: EmbeddedFont, glyph: GlyphRun['glyphs'][number], codes: Map<string, number>): number {
  const meaning = `${glyph.id}:${glyph.codePoints.join(' ')}`;
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
function lettersFirst({ glyphs, positions }: { glyphs: GlyphRun['glyphs']; positions: readonly Position[] }) {
  const pairs: { glyph: GlyphRun['glyphs'][number]; position: Position }[] = [];
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
function turned(glyph: GlyphRun['glyphs'][number]): GlyphRun['glyphs'][number] {
  const at = BRACKETS.indexOf(String.fromCodePoint(...glyph.codePoints));
  if (at < 0 || glyph.codePoints.length !== 1) return glyph;
  const codePoints = [BRACKETS.codePointAt(at ^ 1) ?? 0];
  return Object.create(glyph, { codePoints: { value: codePoints } }) as typeof glyph;
}

function moved<T extends { position: Position }>(mark: T, by: number): T {
  return { ...mark, position: { ...mark.position, xOffset: mark.position.xOffset + by } };
}
