import { z } from 'zod';
import type { Answer } from '../../answer.js';
import { sameAnswer } from '../../answer.js';
import { factorial } from '../../chance.js';
import type { Option } from '../../item.js';
import { isAllOrNothing, keyNamesOptions, optionItemFields } from '../../item.js';
import { presentOptions } from '../../options.js';
import { FULL_POINTS } from '../../question-type.js';
import type { Presented, QuestionType } from '../../question-type.js';
import { openFields, readRows, valueIn } from '../../rows.js';
import type { Rows } from '../../rows.js';

const itemSchema = z
  .strictObject({ ...optionItemFields, type: z.literal('ordering') })
  .refine(item => item.options.length >= 4 && item.options.length <= 6, 'an ordering has four to six steps')
  .refine(
    item => item.key.length === item.options.length,
    'the key names every step once, in the right order',
  )
  .refine(keyNamesOptions, 'the key names a step that is not there');

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
export const ordering: QuestionType<z.infer<typeof itemSchema>> = {
  name: 'ordering',
  itemSchema,

  parse(form, item) {
    return readRows(form, rowsOf(item.options));
  },

  isComplete(item, response) {
    return openFields(response, rowsOf(item.options)).length === 0;
  },

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

  summarise(item, response) {
    const texts = placed(item.options, response).map(({ place, option }) => `${place}. ${option.text}`);
    return { truth: null, texts };
  },

  feedback(item, response) {
    return placed(item.options, response).map(({ option }) => option.feedback);
  },

  explain(item, response) {
    return item.key.flatMap((id, at) => {
      const option = item.options.find(each => each.id === id);
      if (!option) return [];
      const given = valueIn(response, fieldOf(option), rowsOf(item.options));
      const label = String(at + 1);
      const chosen = given === label;
      return {
        label,
        text: option.text,
        feedback: option.feedback,
        chosen,
        correct: true,
        instead: chosen ? null : given,
      };
    });
  },

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

  correctResponse(item) {
    return Object.fromEntries(
      item.options.map(option => [fieldOf(option), String(item.key.indexOf(option.id) + 1)]),
    );
  },

  /**
   * Of the n! orders one is right and n − 1 differ from it by one swap of neighbours: (1 + (n − 1) / 2) / n!, that
   * is 0.104 for four steps and 0.005 for six; 1 / n! where nothing but the whole counts.
   */
  guessScore(item) {
    const swaps = isAllOrNothing(item) ? 0 : item.options.length - 1;
    return (1 + swaps / 2) / factorial(item.options.length);
  },
};

const fieldOf = ({ id }: Pick<Option, 'id'>): string => `place-${id}`;

function rowsOf(steps: Steps): Rows {
  return { fields: steps.map(fieldOf), values: steps.map((_, at) => String(at + 1)) };
}

/** The steps that have a place, by their places; those that share one stand as the item lists them. */
function placed(options: readonly Option[], response: Answer): { place: number; option: Option }[] {
  return options
    .flatMap(option => {
      const place = valueIn(response, fieldOf(option), rowsOf(options));
      return place === null ? [] : { place: Number(place), option };
    })
    .sort((a, b) => a.place - b.place);
}
