import { z } from 'zod';
import { sameAnswer } from '../../answer.js';
import { readChosen } from '../../form.js';
import { keyNamesOptions, oneRightOption, optionItemFields } from '../../item.js';
import { chosenOptions, explainOptions, presentOptions } from '../../options.js';
import { FULL_POINTS } from '../../question-type.js';
import type { QuestionType } from '../../question-type.js';

const itemSchema = z
  .strictObject({ ...optionItemFields, type: z.literal('single'), key: oneRightOption })
  .refine(keyNamesOptions, 'the key names an option that is not there');

/** One right option among several. Form field: `choice`. Answer: `{choice: 'b'}`. */
export const single: QuestionType<z.infer<typeof itemSchema>> = {
  name: 'single',
  itemSchema,

  parse(form, item) {
    const chosen = readChosen(form, { field: 'choice', options: item.options, most: 1 });
    if (!chosen.ok) return chosen;
    const [choice] = chosen.ids;
    return choice === undefined ? { ok: false, problem: 'missing' } : { ok: true, response: { choice } };
  },

  isComplete(item, response) {
    return item.options.some(option => option.id === response.choice);
  },

  same: sameAnswer,

  grade(item, response) {
    return single.isComplete(item, response) && item.key[0] === response.choice ? FULL_POINTS : 0;
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

  present(item, optionOrder) {
    return { type: item.type, stem: item.stem, options: presentOptions(item.options, optionOrder) };
  },

  correctResponse(item) {
    return { choice: item.key[0] };
  },

  /** One in as many as there are options. */
  guessScore(item) {
    return 1 / item.options.length;
  },
};
