import { z } from 'zod';
import type { Answer } from '../../answer.js';
import { sameAnswer } from '../../answer.js';
import { readTexts } from '../../form.js';
import { areDistinct, itemFields, text } from '../../item.js';
import { FULL_POINTS } from '../../question-type.js';
import type { Parsed, Presented, QuestionType } from '../../question-type.js';
import { FIELD_LIMIT, isTooLong, REPORT_FIELDS, reviewRecord, textIn, tidy } from './report-record.js';
import type { Asked, ReportField } from './report-record.js';

const fieldId = z.enum(REPORT_FIELDS);
const itemSchema = z
  .strictObject({
    ...itemFields,
    type: z.literal('report'),
    critical: z.literal(false, 'presence cannot decide on safety'),
    fields: z
      .array(z.strictObject({ id: fieldId, label: text.optional(), feedback: text }))
      .min(3)
      .max(5)
      .refine(fields => areDistinct(fields.map(({ id }) => id)), 'a field is asked for once'),
    avoid: z.array(text).min(1).optional(),
    model: z.partialRecord(fieldId, text),
    feedback: z.strictObject({ complete: text, missing: text, appearance: text, finding: text }),
  })
  .refine(
    ({ fields, model }) =>
      fields.length === Object.keys(model).length && fields.every(({ id }) => model[id] !== undefined),
    'the model fills the fields that are asked for, and no other',
  )
  .refine(({ model }) => !Object.values(model).some(isTooLong), 'the model is longer than a form may send')
  .refine(item => pointsFor(item, item.model) === FULL_POINTS, 'the model must itself earn all points');

export type ReportItem = z.infer<typeof itemSchema>;

/** `label` is null where the page's own word for the field will do. */
export interface PresentedReport extends Presented {
  readonly fields: readonly { readonly id: ReportField; readonly label: string | null }[];
  readonly limit: number;
}

/**
 * The record of a case, written in fields of its own. Form fields: `time`, `place`, `behaviour`, `words`, `told`, as many
 * as the item asks for. Answer: `{time: '14:05', place: 'Gate 14'}`, blank ones left out.
 *
 * Graded by presence, never for the right story: one share for each field that holds what can stand in it, less one
 * for each word that describes how people are or that judges (`report-words.ts`), never below nothing. What people
 * are quoted to have said, in the field of words, is not judged: it is written down as it was heard.
 */
export const report: QuestionType<ReportItem> = {
  name: 'report',
  itemSchema,

  parse(form, item): Parsed {
    const response: Record<string, string> = {};
    for (const { id } of item.fields) {
      const typed = readTexts(form, id);
      if (typed === null || typed.length > 1) return { ok: false, problem: 'unreadable' };
      const kept = tidy(typed[0] ?? '');
      if (kept !== '') response[id] = kept;
    }
    const texts = Object.values(response);
    if (texts.length === 0) return { ok: false, problem: 'missing' };
    if (texts.some(isTooLong)) return { ok: false, problem: 'too-long', typed: response };
    return { ok: true, response };
  },

  isComplete(item, response) {
    return item.fields.every(({ id }) => textIn(response, id) !== '');
  },

  same: sameAnswer,

  grade(item, response) {
    return pointsFor(item, response);
  },

  summarise(item, response) {
    const texts = item.fields.map(({ id }) => textIn(response, id));
    return { truth: null, texts: texts.filter(each => each !== '') };
  },

  feedback(item, response) {
    const { fields, judged } = reviewRecord(item, response);
    const kinds = judged.map(({ kind }) => kind);
    return [
      fields.every(({ holds }) => holds) ? item.feedback.complete : item.feedback.missing,
      ...(kinds.includes('appearance') ? [item.feedback.appearance] : []),
      ...(kinds.includes('finding') ? [item.feedback.finding] : []),
    ];
  },

  /** The model record, field by field: one way to write it, beside the learner's own. */
  explain(item, response) {
    const { fields } = reviewRecord(item, response);
    return item.fields.map(({ id, label, feedback }, at) => ({
      label: label ?? id,
      text: item.model[id] ?? '',
      feedback,
      chosen: fields[at]?.holds ?? false,
      correct: true,
      instead: fields[at]?.text || null,
    }));
  },

  present(item, optionOrder): PresentedReport {
    if (optionOrder.length > 0) throw new RangeError('A report has no options to be put in an order');
    const fields = item.fields.map(({ id, label }) => ({ id, label: label ?? null }));
    return { type: item.type, stem: item.stem, options: [], fields, limit: FIELD_LIMIT };
  },

  correctResponse(item) {
    return Object.fromEntries(item.fields.map(({ id }) => [id, tidy(item.model[id] ?? '')]));
  },

  /** Nothing: there is nothing to choose blindly from, and a field left blank has no share. */
  guessScore() {
    return 0;
  },
};

function pointsFor(item: Asked, response: Answer): number {
  const { fields, judged } = reviewRecord(item, response);
  const shares = fields.filter(({ holds }) => holds).length - judged.length;
  return Math.round((Math.max(0, shares) * FULL_POINTS) / fields.length);
}
