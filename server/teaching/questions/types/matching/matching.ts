import { ownView } from '../../../../platform/lib/own-view.js';
import type { z } from 'zod';
import { sameAnswer, type Answer } from '../../answer.js';
import { allWrong, choose, factorial } from '../../chance.js';
import { LOST_FEEDBACK, wholeLosses } from '../../exchange.js';
import { isAllOrNothing, type Option, type OptionItem } from '../../item.js';
import { feedbackWarnings, lengthWarnings, letterFaults, reasonWarnings } from '../../option-findings.js';
import { lettersOf, presentOptions } from '../../options.js';
import { FULL_POINTS, type Presented, type QuestionType } from '../../question-type.js';
import { ownRule } from '../../unsafe-choices.js';
import { mendRows, openFields, readRows, valueIn, type Rows } from '../../answer-rows.js';
import { SECONDS } from '../../seconds.js';
import { matchingSchema } from './matching-schema.js';

interface Prompt {
  readonly id: string;
  readonly text: string;
}

interface MatchingItem extends OptionItem {
  readonly prompts: readonly Prompt[];
}

/** Style rule: the page says how the pairs are scored. Selects name an option by its letter and first words. */
interface PresentedMatching extends Presented {
  readonly prompts: readonly Prompt[];
  readonly options: readonly { id: string; text: string; letter: string; short: string }[];
  readonly rows: Rows;
  readonly allOrNothing: boolean;
}

/** One right option for each prompt, by position. */
type Pairs = Pick<MatchingItem, 'prompts' | 'options' | 'key'>;

/**
 * Prompts, each to be paired with its option; one option is left over. Form fields: `match-p`, `match-q` and so on, one
 * for each prompt, with the id of an option. Answer: `{'match-p': 'b', 'match-q': 'a'}`, prompts without an option left
 * out. Points by pair; an option that was given to two prompts is right for neither. All or nothing when the
 * item is safety-critical.
 */
export const matching: QuestionType<z.infer<typeof matchingSchema>> = {
  name: 'matching',
  label: t => t('statistics.kind.matching'),
  itemSchema: matchingSchema,
  isBanked: true,
  isShort: true,
  findings: item => ({
    faults: letterFaults(item),
    warnings: [
      ...lengthWarnings(item.options),
      ...feedbackWarnings(item.options.map(({ feedback }) => feedback)),
      ...reasonWarnings(item),
    ],
  }),
  wording: item => item,
  seconds: () => SECONDS.steps,

  view: ownView('teaching/questions/types/matching'),
  ownWords: [],
  present(item, optionOrder): PresentedMatching {
    const options = presentOptions(item.options, optionOrder);
    return {
      type: item.type,
      stem: item.stem,
      prompts: item.prompts.map(({ id, text }) => ({ id, text })),
      options: options.map((option, at) => ({
        ...option,
        letter: String.fromCharCode('A'.charCodeAt(0) + at),
        short: firstWords(option.text),
      })),
      rows: rowsOf({ prompts: item.prompts, options }),
      allOrNothing: isAllOrNothing(item),
    };
  },
  hint: (item, t) => t(isAllOrNothing(item) ? 'question.matchAll' : 'question.match'),
  parse: (form, item) => readRows(form, rowsOf(item)),
  isComplete: (item, response) => openFields(response, rowsOf(item)).length === 0,
  mending: (item, response, t) =>
    mendRows(response, rowsOf(item), isKept =>
      t(isKept ? 'question.lack.matchingKept' : 'question.lack.matching'),
    ),
  same: sameAnswer,

  grade(item, response) {
    const open = openFields(response, rowsOf(item));
    const right = item.prompts.filter(
      (prompt, at) => !open.includes(fieldOf(prompt)) && response[fieldOf(prompt)] === item.key[at],
    );
    return pointsFor(item, right.length);
  },
  unsafe: () => [],
  ruleOfMiss: ({ critical }) => critical,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => inPairs(item, item.key),
  /** Moved on by one, no line has its own option. */
  wrongResponse: item => inPairs(item, [...item.key.slice(1), ...item.key.slice(0, 1)]),
  /**
   * Of the (n + 1)! ways to give n prompts different options, C(n, r) × a(n − r) have r pairs right, where a counts
   * the ways to have none right (`allWrong`): the mean of their points, about 1 / (n + 1), that is 0.2 for four
   * prompts; 1 / (n + 1)! where nothing but the whole counts.
   */
  guessScore(item) {
    const all = item.prompts.length;
    const points = Array.from(
      { length: all + 1 },
      (_, right) => choose(all, right) * allWrong(all - right) * pointsFor(item, right),
    );
    return points.reduce((sum, each) => sum + each, 0) / (factorial(all + 1) * FULL_POINTS);
  },

  summarise(item, response) {
    return pairsIn(item, response).flatMap(({ prompt, given }) =>
      given ? [`${prompt.text} → ${given.text}`] : [],
    );
  },
  explain(item, response) {
    const pairs = pairsIn(item, response).flatMap(({ prompt, right, given }) => {
      if (!right) return [];
      const chosen = given === right;
      const instead = chosen ? null : (given?.text ?? null);
      return {
        label: prompt.text,
        text: right.text,
        feedback: right.feedback,
        chosen,
        correct: true,
        instead,
      };
    });
    const spare = item.options.filter(({ id }) => !item.key.includes(id));
    return [
      ...pairs,
      ...spare.map(option => ({
        label: null,
        text: option.text,
        feedback: option.feedback,
        chosen: false,
        correct: false,
        instead: null,
      })),
    ];
  },
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response, t) => ({ options: matching.explain(item, response, t) }),

  choices: () => [],
  chosen: () => [],
  choiceName: id => id,
  judging: () => ({ offered: [], given: [] }),

  exchange: item => ({
    item: { ...item, form: 'pairs' },
    losses: {
      gift: [LOST_FEEDBACK, ...wholeLosses(item)],
      moodle: [LOST_FEEDBACK, ...wholeLosses(item)],
      qti: [],
    },
  }),
  importedFrom: 'pairs',

  acceptsAnswers: true,
  parts: item => `${lettersOf(item.options)} | ${lettersOf(item.prompts)}`,
};

const fieldOf = ({ id }: Prompt): string => `match-${id}`;

function rowsOf({
  prompts,
  options,
}: {
  prompts: readonly Prompt[];
  options: readonly Pick<Option, 'id'>[];
}): Rows {
  return { fields: prompts.map(fieldOf), values: options.map(({ id }) => id) };
}

/** The answer that gives each prompt the option at its place. */
const inPairs = ({ prompts }: Pick<MatchingItem, 'prompts'>, options: readonly string[]): Answer =>
  Object.fromEntries(prompts.map((prompt, at) => [fieldOf(prompt), options[at] ?? '']));

/** Each prompt with its right option and the one that was given to it. */
function pairsIn(item: Pairs, response: Answer) {
  const find = (id: string | null | undefined): Option | undefined =>
    item.options.find(option => option.id === id);
  return item.prompts.map((prompt, at) => ({
    prompt,
    right: find(item.key[at]),
    given: find(valueIn(response, fieldOf(prompt), rowsOf(item))),
  }));
}

/** To the nearest point. */
function pointsFor(item: Pick<MatchingItem, 'critical' | 'prompts'>, right: number): number {
  const points = Math.round((right * FULL_POINTS) / item.prompts.length);
  return isAllOrNothing(item) && points < FULL_POINTS ? 0 : points;
}

/** As many characters as a select shows on a narrow screen. */
const SHORT = 26;

function firstWords(text: string): string {
  if (text.length <= SHORT) return text;
  const words = text.slice(0, SHORT).replace(/\s+\S*$/, '');
  return `${words.replace(/[,.;:]$/, '')} …`;
}
