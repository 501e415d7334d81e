import { z } from 'zod';
import { sameAnswer } from '../../answer.js';
import { choose } from '../../chance.js';
import { readChosen } from '../../form.js';
import { isAllOrNothing, keyNamesOptions, optionItemFields } from '../../item.js';
import type { OptionItem } from '../../item.js';
import { chosenOptions, explainOptions, presentOptions } from '../../options.js';
import { FULL_POINTS } from '../../question-type.js';
import type { Presented, QuestionType } from '../../question-type.js';

const itemSchema = z
  .strictObject({ ...optionItemFields, type: z.literal('multiple') })
  .refine(item => item.key.length >= 2, 'a multiple choice has at least two right options')
  .refine(
    item => item.options.length - item.key.length >= 2,
    'a multiple choice has at least two wrong options',
  )
  .refine(keyNamesOptions, 'the key names an option that is not there');

/** Style rule: the page says how many to choose and how the choice is scored. */
interface PresentedMultiple extends Presented {
  readonly choose: number;
  readonly allOrNothing: boolean;
}

/**
 * Several right options; how many is stated. Form field: `choice`, repeated.
 * Answer: `{choice: ['a', 'c']}`, in the order the item lists its options.
 */
export const multiple: QuestionType<z.infer<typeof itemSchema>> = {
  name: 'multiple',
  itemSchema,

  parse(form, item) {
    const chosen = readChosen(form, { field: 'choice', options: item.options, most: item.key.length });
    if (!chosen.ok) return chosen;
    return chosen.ids.length === 0
      ? { ok: false, problem: 'missing' }
      : { ok: true, response: { choice: chosen.ids } };
  },

  isComplete(item, response) {
    return chosenOptions(item.options, response.choice).length === item.key.length;
  },

  same: sameAnswer,

  grade(item, response) {
    const chosen = chosenOptions(item.options, response.choice);
    // More than was asked for is no answer: ticking everything would else earn a third of "choose three of five".
    if (chosen.length > item.key.length) return 0;
    const right = chosen.filter(option => item.key.includes(option.id)).length;
    return pointsFor(item, { right, wrong: chosen.length - right });
  },

  summarise(item, response) {
    return { truth: null, texts: chosenOptions(item.options, response.choice).map(option => option.text) };
  },

  feedback(item, response) {
    return chosenOptions(item.options, response.choice).map(option => option.feedback);
  },

  explain(item, response) {
    return explainOptions(item, response.choice);
  },

  present(item, optionOrder): PresentedMultiple {
    return {
      type: item.type,
      stem: item.stem,
      options: presentOptions(item.options, optionOrder),
      choose: item.key.length,
      allOrNothing: isAllOrNothing(item),
    };
  },

  correctResponse(item) {
    return { choice: chosenOptions(item.options, item.key).map(option => option.id) };
  },

  /**
   * Of the C(n, k) choices of k among n options, C(k, r) × C(n − k, k − r) hold r right ones (hypergeometric
   * distribution): the mean of their points.
   */
  guessScore(item) {
    const [all, of] = [item.options.length, item.key.length];
    const points = Array.from({ length: of + 1 }, (_, right) => {
      const ways = choose(of, right) * choose(all - of, of - right);
      return ways * pointsFor(item, { right, wrong: of - right });
    });
    return points.reduce((sum, each) => sum + each, 0) / (choose(all, of) * FULL_POINTS);
  },
};

/** Plus one for each right option, minus one for each wrong one, never below nothing; to the nearest point. */
function pointsFor(
  item: Pick<OptionItem, 'critical' | 'key'>,
  { right, wrong }: { right: number; wrong: number },
): number {
  const points = Math.round((Math.max(0, right - wrong) * FULL_POINTS) / item.key.length);
  return isAllOrNothing(item) && points < FULL_POINTS ? 0 : points;
}
