import { PICTURE } from '../../holder/printable-name.js';
import { canDraw, chainFor } from './fonts.js';
import { graphemes } from './runs.js';

/** Orders to run the other way: they could make a name read as another one. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A name as paper can hold it: without emoji, without orders of direction, spaces single. A name of emoji
 * alone becomes a dash.
 */
export function printable(name: string): string {
  const letters = graphemes(name.replace(OVERRIDES, '')).filter(letter => !PICTURE.test(letter));
  return letters.join('').replace(/\s+/g, ' ').trim() || '—';
}

/** Whether paper holds a name as it was written: nothing left out, and no letter that our fonts lack. */
export function isWhole(name: string): boolean {
  const shown = printable(name);
  const chain = chainFor(shown, 'bold');
  const drawn = graphemes(shown).every(letter => chain.some(font => canDraw(font, letter)));
  return drawn && shown === name.replace(/\s+/g, ' ').trim();
}
