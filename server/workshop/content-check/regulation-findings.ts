import { isReadLongAgo } from '../../teaching/content/regulation-age.js';
import type { Fault, Regulation } from '../../teaching/content/schema/types.js';
import type { CheckInput, Findings } from './findings.js';
import { longSentencesIn, regulationPlace, textsIn } from './findings.js';

/** Words that no screen may use of a rule: nobody has approved the courses by writing them. */
const NEVER = /\b(?:non-?)?complian(?:t|ce)\b|\bcompl(?:y|ies|ied) with\b|\bcertified by\b/i;

/** Claims that say too much, rules that nobody has read again for a year, and sentences that are too long. */
export const checkRegulations = (input: CheckInput): Findings => ({
  faults: input.content.regulations.rules.flatMap(rule => claimed(rule, input)),
  warnings: input.content.regulations.rules.flatMap(rule => [
    ...aged(rule, input),
    ...wordy(rule, input),
    ...unasked(rule, input),
  ]),
});

const placed = (rule: Regulation, { content, lineOf }: CheckInput) => {
  const { file, at } = regulationPlace(content, rule);
  return { file, line: lineOf(file, at) };
};

const claimed = (rule: Regulation, input: CheckInput): Fault[] =>
  textsIn(rule)
    .filter(({ text }) => NEVER.test(text))
    .map(({ text }) => ({
      ...placed(rule, input),
      problem: `${rule.id} claims too much: "${text.slice(0, 50)}".`,
      fix: 'Say what the course supports. No one here can say that it meets the rule.',
    }));

const aged = (rule: Regulation, input: CheckInput): Fault[] =>
  isReadLongAgo(rule, input.now)
    ? [
        {
          ...placed(rule, input),
          problem: `${rule.id} was last read on ${rule.readOn}.`,
          fix: 'Read its source again and write the new date.',
        },
      ]
    : [];

const wordy = (rule: Regulation, input: CheckInput): Fault[] =>
  textsIn({ who: rule.who, says: rule.says }).flatMap(({ text }) =>
    longSentencesIn(text, placed(rule, input)),
  );

/** Objectives of a claim that none of its courses teaches and asks about. */
function unasked(rule: Regulation, input: CheckInput): Fault[] {
  if (rule.claim === 'context' || rule.claim === 'evidence') return [];
  const { courses, modules } = input.content;
  const own = courses.filter(({ slug }) => rule.courses.includes(slug)).flatMap(course => course.modules);
  const taught = new Set(
    modules
      .filter(({ slug }) => own.some(({ module }) => module === slug))
      .flatMap(({ lessons }) => lessons.flatMap(({ objectives }) => objectives)),
  );
  return rule.topics
    .flatMap(({ objectives }) => objectives)
    .filter(id => !taught.has(id))
    .map(id => ({
      ...placed(rule, input),
      problem: `${rule.id} names ${id}, which none of its courses teaches.`,
      fix: 'Name an objective of these courses.',
    }));
}
