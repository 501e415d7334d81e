import type { GatedItem } from './gated-item.js';
import { fileOf, judged, percent, shareWhere, type GateMeasure } from './measure.js';

/**
 * The cue of an item in which an adult says what incriminates them. `relevant: false` says that somebody has looked, and that
 * what is quoted is no such thing: a child's own words, for one.
 */
export const CONFESSION = 'confession';

const MOST = 1 / 3;
const ENOUGH = 12;

/** What adults who exploit say in stories that are too easy. In quotation marks only. */
const TELLING = [
  /\b(?:owes?|owed|debt|paid? (?:me|us|it) (?:back|off)|earn(?:s|ed)?)\b/i,
  /\bbe nice to\b|\bmy guests?\b|\bguests? (?:is|are|comes?)\b/i,
  /\b(?:don't|do not|mustn't|not to) (?:tell|talk|speak|say)\b|\bno talking\b|\bnot a word\b|\bour secret\b/i,
  /\b(?:I keep|I've got|I have|give me) (?:her|his|their|your) (?:phones?|passports?|papers|money|card)\b/i,
  /\bor else\b|\byou know what happens\b|\byou'll see what\b|\b(?:sister|brother|mother|family) pays\b/i,
];

/** Do adults confess in more stories than they do at work? */
export function confessions(items: readonly GatedItem[]): GateMeasure[] {
  const situations = items.filter(({ side }) => side !== null);
  const confessing = shareWhere(situations, confesses);
  return [
    {
      gate: 'confessions',
      of: 'all',
      n: situations.length,
      figure: percent(confessing),
      limit: `at most ${percent(MOST)}`,
      verdict: judged(situations.length, ENOUGH, confessing <= MOST),
      fix: 'Let something that is seen decide, not something that an adult says.',
      file: fileOf(situations),
    },
  ];
}

/** What an author has marked counts as it is marked; otherwise what is quoted in the story. */
function confesses({ item, text }: GatedItem): boolean {
  const marked = item.cues?.find(({ id }) => id === CONFESSION);
  if (marked) return marked.relevant;
  const quoted = [...text.replaceAll('’', "'").matchAll(/["“]([^"“”]+)["”]/g)].map(([, words = '']) => words);
  return quoted.some(words => TELLING.some(pattern => pattern.test(words)));
}
