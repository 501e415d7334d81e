import { PICTURE } from '../../holder/printable-name.js';
import { canDraw, chainFor } from './fonts.js';
import { graphemes } from './runs.js';

/** Direction overrides: they could make a name read as another one. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name as paper can show it: without emoji and direction overrides, with single spaces. A name of emoji becomes a dash. */
export function printable(name: string): string {
  const letters = graphemes(name.replace(OVERRIDES, '')).filter(letter => !PICTURE.test(letter));
  return letters.join('').replace(/\s+/g, ' ').trim() || '—';
}

/** Whether paper shows a name as it was written: nothing is left out, and our fonts have every letter. */
export function isWhole(name: string): boolean {
  const shown = printable(name);
  const chain = chainFor(shown, 'bold');
  const drawn = graphemes(shown).every(letter => chain.some(font => canDraw(font, letter)));
  return drawn && shown === name.replace(/\s+/g, ' ').trim();
}
