import type { Weight } from './fonts.js';
import { COLOURS } from './picture.js';
import { drawLine, drawLines, fit, MM } from './text.js';

type Doc = PDFKit.PDFDocument;

type Style = { x?: number; weight?: Weight; colour?: string };

/** One tagged line; `x` and the baseline `y` in millimetres, `size` in points. */
export function line(doc: Doc, tag: string, text: string, place: Style & { y: number; size: number }): void {
  const { x = 20, y, weight = 'regular', colour = COLOURS.ink, size } = place;
  const draw = () => drawLine(doc, text, { x: x * MM, y: y * MM }, { weight, colour, size });
  doc.addStructure(doc.struct(tag, {}, draw));
}

/** `y` is the first baseline; with `capTop` instead, capitals of any size begin at one height. */
type BlockPlace = ({ y: number } | { capTop: number }) & {
  width?: number;
  leading: number;
  steps: readonly { size: number; lines: number }[];
};

/** Height of a capital in the fonts we use, as a part of their size. */
const CAPITAL = 0.7;

/** One tagged text that may shrink and wrap. Returns the baseline of its last line, in millimetres. */
export function block(doc: Doc, tag: string, text: string, place: Style & BlockPlace): number {
  const { x = 20, width = 158, weight = 'regular', colour = COLOURS.ink, leading, steps } = place;
  const set = fit(doc, { text, weight, width: width * MM, steps });
  const first = 'y' in place ? place.y * MM : place.capTop * MM + CAPITAL * set.size;
  let last = first;
  const draw = () => {
    last = drawLines(doc, set, { x: x * MM, y: first, leading }, { weight, colour });
  };
  doc.addStructure(doc.struct(tag, {}, draw));
  return last / MM;
}

/** Draws what a screen reader passes over. */
export function artwork(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  inMillimetres(doc, draw);
  doc.endMarkedContent();
}

/** Draws with the millimetre as unit, and restores the rest afterwards. */
export function inMillimetres(doc: Doc, draw: () => void): void {
  doc.save().scale(MM);
  draw();
  doc.restore();
}
