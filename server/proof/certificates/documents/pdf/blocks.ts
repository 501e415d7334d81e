import { COLOURS } from '../colours.js';
import type { Weight } from '../fonts/fonts.js';
import { fitText, type TextBlock, type SizeSteps } from '../fonts/lines.js';
import { faceFor } from '../fonts/runs.js';
import { drawLine, drawLines, MM } from './drawn-text.js';

type Doc = PDFKit.PDFDocument;

type Style = { x?: number; weight?: Weight; colour?: string };

/** Draw one tagged line; `x` and the baseline `y` are in millimetres, `size` in points. */
export function drawTextLine(
  doc: Doc,
  tag: string,
  text: string,
  place: Style & { y: number; size: number },
): void {
  const { x = 20, y, weight = 'regular', colour = COLOURS.ink, size } = place;
  const face = faceFor(text, weight);
  const draw = () => drawLine(doc, text, { x: x * MM, y: y * MM }, { face, colour, size });
  doc.addStructure(doc.struct(tag, {}, draw));
}

/** `y` is the first baseline. With `capTop` instead, capitals of any size begin at the same height. */
type BlockPlace = ({ y: number } | { capTop: number }) & {
  width?: number;
  leading: number;
  steps: SizeSteps;
};

/** The height of a capital in our fonts, as a part of their size. */
const CAPITAL = 0.7;

/** A text with its place: `first` and `last` are its baselines, in millimetres. */
export type PlacedText = {
  set: TextBlock;
  x: number;
  first: number;
  last: number;
  leading: number;
  colour: string;
};

/** Find the size at which a text fits, and the baselines of its lines. */
export function placeText(text: string, at: Style & BlockPlace): PlacedText {
  const { x = 20, width = 158, weight = 'regular', colour = COLOURS.ink, leading, steps } = at;
  const set = fitText({ text, weight, width: width * MM, steps });
  const first = 'y' in at ? at.y : at.capTop + (CAPITAL * set.size) / MM;
  const last = first + ((set.lines.length - 1) * set.size * leading) / MM;
  return { set, x, first, last, leading, colour };
}

/** Draw a tagged text at its place. The tag of a right-to-left text holds it in reading order. */
export function drawPlaced(doc: Doc, tag: string, { set, x, first, leading, colour }: PlacedText): void {
  const draw = () => drawLines(doc, set, { x: x * MM, y: first * MM, leading, colour });
  const spoken = set.face.fromRight ? { actual: set.lines.join(' ') } : {};
  doc.addStructure(doc.struct(tag, spoken, draw));
}

/** Draw a tagged text that may shrink and wrap. Returns the baseline of its last line, in millimetres. */
export function drawBlock(doc: Doc, tag: string, text: string, at: Style & BlockPlace): number {
  const placed = placeText(text, at);
  drawPlaced(doc, tag, placed);
  return placed.last;
}

/** Draw something that a screen reader skips. */
export function drawArtwork(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  inMillimetres(doc, draw);
  doc.endMarkedContent();
}

/** Draw with the millimetre as unit; the state of the document is restored afterwards. */
export function inMillimetres(doc: Doc, draw: () => void): void {
  doc.save().scale(MM);
  draw();
  doc.restore();
}
