import { countWords } from '../../../../platform/lib/text/words.js';
import { when } from '../../item-faults.js';
import { feedbackWarnings, lengthWarnings, warnIf, type ItemFindings } from '../../option-findings.js';
import type { DecisionItem } from './decision-schema.js';

/** Words. */
const STORY = { least: 35, most: 70 };
const STEM = 12;
const FACT = 16;

/** What an author is told of a decision that keeps every rule. */
export const decisionFindings = (item: DecisionItem): ItemFindings => ({
  faults: when(!item.title, {
    path: ['title'],
    problem: `${item.id} has no title that tells its page from the pages of other decisions.`,
    fix: 'Add `title:`, where and when it plays: "Aboard, two hours from landing".',
  }),
  warnings: [
    ...warnIf(isOutside(countWords(item.story)), {
      problem: 'The story is not 35 to 70 words long',
      fix: 'Tell in 35 to 70 words what was seen and heard.',
    }),
    ...warnIf(countWords(item.stem) > STEM, {
      problem: 'The question has more than 12 words',
      fix: 'Ask in 12 words or fewer; the story says the rest.',
    }),
    ...warnIf(
      item.options.some(({ text }) => countWords(text) > FACT),
      { problem: 'A fact has more than 16 words', fix: 'Name one thing from the story.' },
    ),
    ...lengthWarnings(item.options),
    ...feedbackWarnings([...item.options.map(({ feedback }) => feedback), ...Object.values(item.feedback)]),
  ],
});

const isOutside = (words: number): boolean => words < STORY.least || words > STORY.most;
