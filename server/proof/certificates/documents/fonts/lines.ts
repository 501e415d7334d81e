import { remembered } from '../../../../platform/lib/remembered.js';
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
    block = { size, face, lines: wrap(text, width, line => widthOf(line, face, size)) };
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
 * Each line takes as many words as fit. To lay a line out anew for each of its words was a tenth of the work for a PDF, so the search
 * begins where the mean width of a letter says.
 */
function wrap(text: string, width: number, measure: (line: string) => number): string[] {
  const whole = measure(text);
  if (whole <= width) return [text];
  const fits = (line: string) => measure(line) <= width;
  const room = (text.length * width) / whole;
  const lines: string[] = [];
  let words = text.split(/\s+/).filter(Boolean);
  while (words.length > 0) {
    const count = largest(words.length, likely(words, room), n => fits(words.slice(0, n).join(' ')));
    const line = words.slice(0, count).join(' ');
    const [part = line, ...left] = fits(line) ? [line] : brokenWord(line, fits);
    lines.push(part);
    words = [...left, ...words.slice(count)];
  }
  return lines;
}

/** How many words have room for so many letters. */
function likely(words: readonly string[], room: number): number {
  let length = -1;
  const over = words.findIndex(word => (length += word.length + 1) > room);
  return over < 0 ? words.length : over;
}

function brokenWord(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = [];
  let letters = graphemes(word);
  while (letters.length > 0) {
    const half = Math.ceil(letters.length / 2);
    const count = largest(letters.length, half, n => fits(letters.slice(0, n).join('')));
    parts.push(letters.slice(0, count).join(''));
    letters = letters.slice(count);
  }
  return parts;
}

/** The largest number up to `limit` that passes; 1 when none does. Tried are `likely`, what is next to it, and then halves. */
function largest(limit: number, likely: number, passes: (count: number) => boolean): number {
  let [low, high] = [1, limit];
  let next = Math.max(2, likely);
  for (let tries = 1; low < high; tries += 1) {
    if (passes(next)) low = next;
    else high = next - 1;
    if (tries > 1) next = Math.ceil((low + high) / 2);
    else next = low === next ? low + 1 : high;
  }
  return low;
}
