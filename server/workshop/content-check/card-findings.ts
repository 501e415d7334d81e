import type { CheckInput, Findings } from './findings.js';
import { longSentences } from './findings.js';
import type { Card, Content, Course, Fault } from '../../teaching/content/schema/types.js';

const FILE = 'cards.yaml';
/** Words in an audience that name no people. */
const GLUE = new Set(['and', 'or', 'in', 'at', 'on', 'of', 'the', 'with', 'for']);

/** Everybody in a course's audience finds a card, and the cards keep to short sentences. */
export const checkCards = ({ content, lineOf }: CheckInput): Findings => ({
  faults: [
    ...content.courses.flatMap(course => uncovered(course, content)),
    ...content.cards.flatMap((card, c) => strangers(card, content, lineOf(FILE, ['cards', c, 'covers']))),
    ...longSentences(FILE, { cards: content.cards }, lineOf),
  ],
  warnings: [],
});

/** What remains of an audience once the people that cards cover are removed. */
function uncovered({ slug, audience }: Course, { cards }: Content): Fault[] {
  const covered = cards.filter(({ courses }) => courses.includes(slug)).flatMap(({ covers }) => covers);
  // The longest first: removing part of a longer name would leave the rest of it.
  const left = covered
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, people) => text.replaceAll(people, ' '), audience.toLowerCase());
  const words = (left.match(/[\p{L}-]+/gu) ?? []).filter(word => !GLUE.has(word));
  if (words.length === 0) return [];
  return [
    {
      file: FILE,
      line: cards.length > 0 ? 1 : 0,
      problem: `No card of ${slug} is for: ${words.join(' ')}.`,
      fix: 'Write a card for this role, or name these people under covers.',
    },
  ];
}

/** People under `covers` whom no course of the card names. */
const strangers = ({ courses, covers }: Card, content: Content, line: number): Fault[] =>
  covers
    .filter(
      people =>
        !content.courses.some(
          ({ slug, audience }) => courses.includes(slug) && audience.toLowerCase().includes(people),
        ),
    )
    .map(people => ({
      file: FILE,
      line,
      problem: `No course of this card names "${people}" as its audience.`,
      fix: 'Use the words of the audience, in lower case.',
    }));
