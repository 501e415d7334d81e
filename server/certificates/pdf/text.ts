import { graphemes, runsOf, type Run, type Weight } from './fonts.js';

/** How a text is set: size in points, width in points. */
export type Setting = { weight: Weight; size: number; colour: string };

/** Text broken into lines at one size. */
export type Block = { lines: string[]; size: number };

type Doc = PDFKit.PDFDocument;

/** Points in a millimetre. */
export const MM = 72 / 25.4;

/**
 * The largest of `steps` (size, and how many lines it may take) at which the text fits into `width`.
 * The last step always holds: a name is never cut.
 */
export function fit(
  doc: Doc,
  input: { text: string; weight: Weight; width: number; steps: readonly { size: number; lines: number }[] },
): Block {
  const { text, weight, width, steps } = input;
  const blocks = steps.map(({ size, lines }) => ({
    size,
    most: lines,
    lines: wrap(doc, { text, weight, size, width }),
  }));
  const block = blocks.find(each => each.lines.length <= each.most) ?? blocks.at(-1);
  return block ?? { lines: [text], size: 10 };
}

/** Breaks a text at its spaces, and inside a word only when the word alone is too wide. */
function wrap(
  doc: Doc,
  { text, weight, size, width }: { text: string; weight: Weight; size: number; width: number },
): string[] {
  const fits = (line: string) => widthOf(doc, line, weight, size) <= width;
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (fits(longer)) lines.splice(-1, 1, longer);
    else lines.push(...(fits(word) ? [word] : brokenWord(word, fits)));
  }
  return lines;
}

function brokenWord(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = [''];
  for (const letter of graphemes(word)) {
    const longer = `${parts.at(-1)}${letter}`;
    if (fits(longer)) parts.splice(-1, 1, longer);
    else parts.push(letter);
  }
  return parts.filter(Boolean);
}

/** Draws one line with its left end at `x` and its baseline at `y` (points). */
export function drawLine(doc: Doc, line: string, at: { x: number; y: number }, setting: Setting): void {
  let { x } = at;
  for (const run of runsOf(line, setting.weight)) {
    const width = runWidth(doc, run, setting.size);
    drawRun(doc, run, { x, y: at.y }, setting.colour);
    x += width;
  }
}

/** Draws lines below one another, the first with its baseline at `y`. Returns the baseline of the last. */
export function drawLines(
  doc: Doc,
  block: Block,
  at: { x: number; y: number; leading: number },
  setting: Omit<Setting, 'size'>,
): number {
  const baselines = block.lines.map((_line, index) => at.y + index * block.size * at.leading);
  block.lines.forEach((line, index) =>
    drawLine(doc, line, { x: at.x, y: baselines[index] ?? at.y }, { ...setting, size: block.size }),
  );
  return baselines.at(-1) ?? at.y;
}

function widthOf(doc: Doc, line: string, weight: Weight, size: number): number {
  return runsOf(line, weight).reduce((sum, run) => sum + runWidth(doc, run, size), 0);
}

function runWidth(doc: Doc, run: Run, size: number): number {
  return doc.font(run.font, size).widthOfString(run.drawn);
}

/** Devanagari glyphs are not in reading order, and a replacement says nothing: there the text goes along. */
function drawRun(doc: Doc, run: Run, { x, y }: { x: number; y: number }, colour: string): void {
  const unreadable = /\p{Script=Devanagari}/u.test(run.text) || run.drawn.includes('\ufffd');
  if (unreadable) doc.markContent('Span', { actual: run.text });
  doc.fillColor(colour).text(run.drawn, x, y, { lineBreak: false, baseline: 'alphabetic' });
  if (unreadable) doc.endMarkedContent();
}
