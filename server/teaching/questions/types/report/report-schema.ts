import { z } from 'zod';
import { repeats, when, withRules, type ItemFault } from '../../item-faults.js';
import { line, passage } from '../../item-shapes.js';
import { itemFields } from '../../item.js';
import { FULL_POINTS } from '../../question-type.js';
import { FIELD_LIMIT, recordPoints, REPORT_FIELDS } from './report-record.js';

const fieldId = z.enum(REPORT_FIELDS);
const shape = z.strictObject({
  ...itemFields,
  critical: z.literal(false),
  type: z.literal('report'),
  fields: z
    .array(z.strictObject({ id: fieldId, label: line.exactOptional(), feedback: passage }))
    .min(3)
    .max(5),
  avoid: z.array(line).min(1).max(20).exactOptional(),
  model: z.partialRecord(fieldId, line.max(FIELD_LIMIT)),
  feedback: z.strictObject({ complete: passage, missing: passage, appearance: passage, finding: passage }),
});

export type ReportItem = z.infer<typeof shape>;

/**
 * The record of a case, in fields. `model` is a record that holds every field asked for; `avoid` are words that this
 * case adds to those that no record holds. It has no options and no key, and presence cannot decide on safety.
 */
export const reportSchema = withRules(shape, item => [...fieldFaults(item), ...modelFaults(item)]);

/** A report asks for each field once, and its model fills those fields and no other. */
function fieldFaults({ id, fields, model }: ReportItem): ItemFault[] {
  const asked: string[] = fields.map(field => field.id);
  const filled = Object.keys(model);
  const unlike = [
    ...asked.filter(each => !filled.includes(each)),
    ...filled.filter(each => !asked.includes(each)),
  ];
  return [
    ...when(repeats(asked), {
      path: ['fields'],
      problem: `${id} asks for a field twice.`,
      fix: 'Ask for each field once.',
    }),
    ...when(unlike.length > 0, {
      path: ['model'],
      problem: `The model of ${id} and its fields differ in: ${unlike.join(', ')}.`,
      fix: 'Fill each field that is asked for, and no other.',
    }),
  ];
}

const modelFaults = (item: ReportItem): ItemFault[] =>
  when(recordPoints(item, item.model) !== FULL_POINTS, {
    path: ['model'],
    problem: `The model of ${item.id} does not itself earn all points.`,
    fix: 'Give each field what can stand in it, and take out words that judge or describe how people are.',
  });
