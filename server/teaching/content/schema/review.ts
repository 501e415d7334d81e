import { z } from 'zod';
import { answerSchema } from '../../questions/answer.js';
import { itemId, line } from '../../questions/item-shapes.js';
import { day } from './shapes.js';

/** A finished review says by whom and when; no reviewer is invented. */
const review = z.discriminatedUnion('status', [
  z.strictObject({ role: line, status: z.literal('missing'), note: line.exactOptional() }),
  z.strictObject({ role: line, status: z.literal('done'), by: line, on: day, note: line.exactOptional() }),
]);

const readerId = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Write a short id like "r1".');

/**
 * Who answered the bank's items without seeing a key. `lesson`: whether they had read the lessons of the items first;
 * `automated`: a program, which says so wherever its figures are shown.
 */
const reader = z.strictObject({
  id: readerId,
  kind: z.enum(['person', 'automated']),
  lesson: z.boolean(),
  on: day,
});

/**
 * What each reader answered to one item, in the form in which the item's type keeps an answer. `hash` names the wording that
 * they read; answers to another wording do not count. `content check` says which hash an item has now.
 */
const reading = z.strictObject({
  item: itemId,
  hash: z
    .string()
    .regex(/^[0-9a-f]{12}$/, 'Write the hash that content check prints, twelve digits and letters.')
    .exactOptional(),
  answers: z.record(readerId, answerSchema),
});

const areUnlike = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** modules/<slug>/review.yaml and modules/final/review.yaml: who reviewed, and what blind readers answered. */
export const reviewSchema = z
  .strictObject({
    reviews: z.array(review).min(1),
    readers: z
      .array(reader)
      .refine(readers => areUnlike(readers.map(({ id }) => id)), 'Give each reader their own id.')
      .default([]),
    readings: z
      .array(reading)
      .refine(readings => areUnlike(readings.map(({ item }) => item)), 'Name each item once.')
      .default([]),
  })
  .refine(
    ({ readers, readings }) => readings.every(({ answers }) => areAmong(Object.keys(answers), readers)),
    {
      message: 'names a reader who is not under readers',
      path: ['readings'],
    },
  );

const areAmong = (ids: readonly string[], readers: readonly { id: string }[]): boolean =>
  ids.every(id => readers.some(reader => reader.id === id));
