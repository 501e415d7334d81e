import { z } from 'zod';
import type { Answer } from '../../answer.js';
import { sameAnswer } from '../../answer.js';
import { readChosen, readTexts } from '../../form.js';
import { keyNamesOptions, oneRightOption, optionItemFields } from '../../item.js';
import { chosenOptions, explainOptions, presentOptions } from '../../options.js';
import { FULL_POINTS } from '../../question-type.js';
import type { QuestionType } from '../../question-type.js';

const itemSchema = z
  .strictObject({
    ...optionItemFields,
    type: z.literal('true-false'),
    truth: z.boolean(),
    key: oneRightOption,
  })
  .refine(keyNamesOptions, 'the key names a reason that is not there');

/**
 * A statement, true or false, and the reason; both must be right, since a coin finds the first alone.
 * Form fields: `truth` ('true' or 'false') and `reason`. Answer: `{truth: 'false', reason: 'b'}`,
 * either of them left out while it is not given.
 */
export const trueFalse: QuestionType<z.infer<typeof itemSchema>> = {
  name: 'true-false',
  itemSchema,

  parse(form, item) {
    const truths = readTexts(form, 'truth');
    const reasons = readChosen(form, { field: 'reason', options: item.options, most: 1 });
    if (!reasons.ok) return reasons;
    if (truths === null || truths.length > 1 || !truths.every(isTruth))
      return { ok: false, problem: 'unreadable' };
    const response = withoutGaps({ truth: truths[0], reason: reasons.ids[0] });
    return Object.keys(response).length === 0 ? { ok: false, problem: 'missing' } : { ok: true, response };
  },

  isComplete(item, response) {
    return readTruth(response) !== null && item.options.some(option => option.id === response.reason);
  },

  same: sameAnswer,

  grade(item, response) {
    if (!trueFalse.isComplete(item, response)) return 0;
    return readTruth(response) === item.truth && response.reason === item.key[0] ? FULL_POINTS : 0;
  },

  summarise(item, response) {
    const reasons = chosenOptions(item.options, response.reason);
    return { truth: readTruth(response), texts: reasons.map(option => option.text) };
  },

  feedback(item, response) {
    return chosenOptions(item.options, response.reason).map(option => option.feedback);
  },

  explain(item, response) {
    return explainOptions(item, response.reason);
  },

  present(item, optionOrder) {
    return { type: item.type, stem: item.stem, options: presentOptions(item.options, optionOrder) };
  },

  correctResponse(item) {
    return { truth: String(item.truth), reason: item.key[0] };
  },

  /** One in two for the statement, times one in as many as there are reasons. */
  guessScore(item) {
    return 1 / (2 * item.options.length);
  },
};

function isTruth(text: string): boolean {
  return text === 'true' || text === 'false';
}

function readTruth({ truth }: Answer): boolean | null {
  return typeof truth === 'string' && isTruth(truth) ? truth === 'true' : null;
}

function withoutGaps(fields: Record<string, string | undefined>): Answer {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
