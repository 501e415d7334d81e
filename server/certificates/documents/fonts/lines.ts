import { remembered } from '../../../lib/remembered.js';
import { font, type Weight } from './fonts.js';
import { faceFor, graphemes, runsOf, type Face, type Run } from './runs.js';

/** Text broken into lines at one size (points); every line has the same face. */
export type TextBlock = { lines: string[]; size: number; face: Face };

/** Sizes from the preferred one to the last resort: points, and how many lines each may take. */
export type SizeSteps = readonly { size: number; lines: number }[];

/** Set a text at the largest of `steps` at which it fits into `width` (points). The last one always applies: no name is cut. */
export function fitText(input: { text: string; weight: Weight; width: number; steps: SizeSteps }): TextBlock {
  const { text, weight, width, steps } = input;
  const face = faceFor(text, weight);
  let block: TextBlock = { lines: [text], size: 10, face };
  for (const { size, lines: most } of steps) {
    block = { size, face, lines: wrap(text, line => widthOf(line, face, size) <= width) };
    if (block.lines.length <= most) return block;
  }
  return block;
}

/** Width of a line in points. */
export function widthOf(line: string, face: Face, size: number): number {
  return runsOf(line, face).reduce((sum, run) => sum + runWidth(run, size), 0);
}

/** Width of a run in points. */
export function runWidth(run: Run, size: number): number {
  return (advanceOf(run) * size) / font(run.font).unitsPerEm;
}

/** Width of a run in the units of its font. Without the cache, laying runs out again was half of the work for a PDF. */
const advanceOf = remembered(
  { most: 5000, keyOf: ({ font: name, drawn }: Run) => `${name} ${drawn}` },
  ({ font: name, drawn }) => font(name).layout(drawn, []).advanceWidth,
);

/**
 * Break a text at its spaces, and inside a word only when the word alone is too wide; what is left of such a word begins the next line.
 * Each line takes as many words as fit, found by halving: to lay a line out anew for each of its words was a tenth of the work for a PDF.
 */
function wrap(text: string, fits: (line: string) => boolean): string[] {
  if (fits(text)) return [text];
  const lines: string[] = [];
  let words = text.split(/\s+/).filter(Boolean);
  while (words.length > 0) {
    const count = largest(words.length, n => fits(words.slice(0, n).join(' ')));
    const line = words.slice(0, count).join(' ');
    const [part = line, ...left] = fits(line) ? [line] : brokenWord(line, fits);
    lines.push(part);
    words = [...left, ...words.slice(count)];
  }
  return lines;
}

function brokenWord(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = [];
  let letters = graphemes(word);
  while (letters.length > 0) {
    const count = largest(letters.length, n => fits(letters.slice(0, n).join('')));
    parts.push(letters.slice(0, count).join(''));
    letters = letters.slice(count);
  }
  return parts;
}

/** The largest number up to `limit` that passes, by halving; 1 when none does. */
function largest(limit: number, passes: (count: number) => boolean): number {
  let [low, high] = [1, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
