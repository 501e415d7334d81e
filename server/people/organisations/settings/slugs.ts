import { foldedWords } from '../../../platform/lib/text/folding.js';

/** How long the part is that comes from the name; a number may follow. */
const LONGEST = 70;

/** The name in folded words, as organisations are sorted and found: `Łódź Air` is `lodz-air`. '' for a name without a letter. */
export const slugFrom = (name: string): string =>
  Array.from(foldedWords(name).join('-')).slice(0, LONGEST).join('').replace(/-$/, '');

/** The slug of the `nth` organisation with a name: the first has no number. */
export const numberedSlug = (slug: string, nth: number): string => (nth === 1 ? slug : `${slug}-${nth}`);
