import { keepMeanings } from './encoding.js';
import { font } from '../fonts/fonts.js';
import { runWidth, widthOf, type TextBlock } from '../fonts/lines.js';
import { runsOf, type Face, type Run } from '../fonts/runs.js';

type Doc = PDFKit.PDFDocument;

/** How a text is set: size in points. */
export type Setting = { face: Face; size: number; colour: string };

/** Points in a millimetre. */
export const MM = 72 / 25.4;

/** Draw one line with its left end at `x` and its baseline at `y` (points). */
export function drawLine(doc: Doc, line: string, at: { x: number; y: number }, setting: Setting): void {
  let { x } = at;
  for (const run of runsOf(line, setting.face)) {
    drawRun(doc, run, { x, y: at.y }, setting);
    x += runWidth(run, setting.size);
  }
}

/**
 * Draw lines below one another, the first with its baseline at `y` (points); `leading` is a multiple of the size.
 * Right-to-left lines are aligned on the right.
 */
export function drawLines(
  doc: Doc,
  { lines, size, face }: TextBlock,
  { x, y, leading, colour }: { x: number; y: number; leading: number; colour: string },
): void {
  const widths = lines.map(line => (face.fromRight ? widthOf(line, face, size) : 0));
  const widest = Math.max(0, ...widths);
  lines.forEach((line, index) => {
    const place = { x: x + widest - (widths[index] ?? 0), y: y + index * size * leading };
    drawLine(doc, line, place, { face, size, colour });
  });
}

/** Glyphs of Devanagari and Thai are not in reading order, and U+FFFD has no meaning: their text is added to the tag. */
function needsActualText({ text, drawn }: Run): boolean {
  return /[\p{Script=Devanagari}\p{Script=Thai}]/u.test(text) || drawn.includes('\ufffd');
}

/** Given a list of features, even an empty one, pdfkit lays out a run as a whole and not word by word. */
function drawRun(doc: Doc, run: Run, { x, y }: { x: number; y: number }, { size, colour }: Setting): void {
  doc.registerFont(run.font, font(run.font)).font(run.font, size).fillColor(colour);
  keepMeanings(doc._font);
  const isTagged = needsActualText(run);
  if (isTagged) doc.markContent('Span', { actual: run.text });
  doc.text(run.drawn, x, y, { lineBreak: false, baseline: 'alphabetic', features: [] });
  if (isTagged) doc.endMarkedContent();
}
