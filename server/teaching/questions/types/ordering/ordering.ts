import { ownView } from '../../../../platform/lib/own-view.js';
import type { z } from 'zod';
import { sameAnswer, type Answer } from '../../answer.js';
import { factorial } from '../../chance.js';
import { LOST_FEEDBACK, partLosses } from '../../exchange.js';
import { isAllOrNothing, type Option } from '../../item.js';
import { feedbackWarnings, letterFaults, reasonWarnings } from '../../option-findings.js';
import { lettersOf, presentOptions } from '../../options.js';
import { FULL_POINTS, type Presented, type QuestionType } from '../../question-type.js';
import { ownRule } from '../../unsafe-choices.js';
import { mendRows, openFields, readRows, valueIn, type Rows } from '../../answer-rows.js';
import { SECONDS } from '../../seconds.js';
import { orderingSchema } from './ordering-schema.js';

type Steps = readonly Pick<Option, 'id'>[];

/** Style rule: the page says how the order is scored. */
interface PresentedOrdering extends Presented {
  readonly rows: Rows;
  readonly allOrNothing: boolean;
}

/**
 * Steps to be put into their one right order, which the key gives. Form fields: `place-a`, `place-b` and so on, one
 * for each step, with its place counted from 1. Answer: `{'place-a': '2', 'place-b': '1'}`, steps without a place
 * left out. Two neighbours in each other's place are worth half (style rule), unless the item is safety-critical.
 */
export const ordering: QuestionType<z.infer<typeof orderingSchema>> = {
  name: 'ordering',
  label: t => t('statistics.kind.ordering'),
  itemSchema: orderingSchema,
  isBanked: true,
  isShort: true,
  findings: item => ({
    faults: letterFaults(item),
    warnings: [...feedbackWarnings(item.options.map(({ feedback }) => feedback)), ...reasonWarnings(item)],
  }),
  wording: item => item,
  seconds: () => SECONDS.steps,

  view: ownView('teaching/questions/types/ordering'),
  ownWords: [],
  present(item, optionOrder): PresentedOrdering {
    const options = presentOptions(item.options, optionOrder);
    return {
      type: item.type,
      stem: item.stem,
      options,
      rows: rowsOf(options),
      allOrNothing: isAllOrNothing(item),
    };
  },
  hint: (item, t) =>
    t(isAllOrNothing(item) ? 'question.orderAll' : 'question.order', { last: item.key.length }),
  parse: (form, item) => readRows(form, rowsOf(item.options)),
  isComplete: (item, response) => openFields(response, rowsOf(item.options)).length === 0,
  mending: (item, response, t) =>
    mendRows(response, rowsOf(item.options), isKept =>
      t(isKept ? 'question.lack.orderingKept' : 'question.lack.ordering'),
    ),
  same: sameAnswer,

  grade(item, response) {
    if (!ordering.isComplete(item, response)) return 0;
    const order = placed(item.options, response).map(({ option }) => option.id);
    const wrong = item.key.flatMap((id, at) => (order[at] === id ? [] : [at]));
    if (wrong.length === 0) return FULL_POINTS;
    const [first = 0, second = 0] = wrong;
    const areNeighbours = wrong.length === 2 && second === first + 1;
    return areNeighbours && !isAllOrNothing(item) ? FULL_POINTS / 2 : 0;
  },
  unsafe: () => [],
  ruleOfMiss: ({ critical }) => critical,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => inOrder(item.options, item.key),
  /** From the last step to the first: more than two neighbours have changed places. */
  wrongResponse: item => inOrder(item.options, item.key.toReversed()),
  /**
   * Of the n! orders one is right and n − 1 differ from it by one swap of neighbours: (1 + (n − 1) / 2) / n!, that
   * is 0.104 for four steps and 0.005 for six; 1 / n! where nothing but the whole counts.
   */
  guessScore(item) {
    const swaps = isAllOrNothing(item) ? 0 : item.options.length - 1;
    return (1 + swaps / 2) / factorial(item.options.length);
  },

  summarise: (item, response) =>
    placed(item.options, response).map(({ place, option }) => `${place}. ${option.text}`),
  explain(item, response, t) {
    const named = (place: string) => t('result.place', { place });
    return item.key.flatMap((id, at) => {
      const option = item.options.find(each => each.id === id);
      if (!option) return [];
      const given = valueIn(response, fieldOf(option), rowsOf(item.options));
      const place = String(at + 1);
      const chosen = given === place;
      return {
        label: named(place),
        text: option.text,
        feedback: option.feedback,
        chosen,
        correct: true,
        instead: chosen || given === null ? null : named(given),
      };
    });
  },
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response, t) => ({ options: ordering.explain(item, response, t) }),

  choices: () => [],
  chosen: () => [],
  choiceName: id => id,
  judging: () => ({ offered: [], given: [] }),

  exchange: item => ({
    item: { ...item, form: 'order' },
    losses: {
      gift: [{ code: 'only-moodle' }, LOST_FEEDBACK, ...partLosses(item)],
      moodle: [LOST_FEEDBACK, ...partLosses(item)],
      qti: partLosses(item),
    },
  }),
  importedFrom: 'order',

  acceptsAnswers: true,
  parts: item => lettersOf(item.options),
};

const fieldOf = ({ id }: Pick<Option, 'id'>): string => `place-${id}`;

function rowsOf(steps: Steps): Rows {
  return { fields: steps.map(fieldOf), values: steps.map((_, at) => String(at + 1)) };
}

/** The answer that puts the steps in this order. */
const inOrder = (options: Steps, order: readonly string[]): Answer =>
  Object.fromEntries(options.map(option => [fieldOf(option), String(order.indexOf(option.id) + 1)]));

/** The steps that have a place, by their places; those that share one stand as the item lists them. */
function placed(options: readonly Option[], response: Answer): { place: number; option: Option }[] {
  return options
    .flatMap(option => {
      const place = valueIn(response, fieldOf(option), rowsOf(options));
      return place === null ? [] : { place: Number(place), option };
    })
    .sort((a, b) => a.place - b.place);
}
