import { z } from 'zod';
import { address, day, slug } from './shapes.js';
import { line, objectiveId, passage } from '../../questions/item-shapes.js';

const gapId = z.string().regex(/^G\d{1,2}$/, 'Write an id of gaps.yaml, like "G4".');
const lessonPath = z
  .string()
  .regex(
    /^[a-z0-9-]+\/\d{2}-[a-z0-9-]+$/,
    'Write a module and a lesson, like "foundations/06-adults-and-labour".',
  );
const duration = z
  .string()
  .regex(/^P(?:\d+[YMD]|T\d+[MH])$/, 'Write a duration like "P12M", "P60D" or "PT20M".');
const monthDay = z
  .string()
  .regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'Write month and day, like "10-01".');

/** How much of the official text somebody has read. */
const confidence = z.enum(['text-seen', 'text-part', 'secondary', 'not-verified']);

/** modules/regulations/gaps.yaml: what the courses do not teach, or not enough. `lessons`: those that say a part of it. */
export const gapsSchema = z.strictObject({
  gaps: z.array(z.strictObject({ id: gapId, text: line, lessons: z.array(lessonPath).default([]) })),
});

/**
 * modules/regulations/<subject>.yaml: rules that ask for training or for a report of it, in our own words, each with what was
 * read of it. `claim` is all that a screen may say of the courses; no word of it means that anybody approved them. Null: the
 * text that was read names none.
 */
export const regulationsSchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        id: slug,
        title: line,
        cite: line,
        /** A country, a part of one, INT, EU or several states of a country. */
        place: z.string().regex(/^(?:INT|[A-Z]{2}(?:-[A-Z]{2}|-states)?)$/, 'Write a place like "US-CA".'),
        level: z.enum([
          ...['statute', 'regulation', 'treaty', 'directive', 'contract-clause', 'standard'],
          ...['guidance', 'code', 'policy-norm'],
        ] as const),
        /** `must-via-state`: it binds states, and reaches people through their law. */
        force: z.enum(['must', 'must-via-state', 'contract', 'should', 'voluntary']),
        claim: z.enum(['supports', 'supports-with-gap', 'after-approval', 'evidence', 'context']),
        who: passage,
        /** From when the first training is counted, and how long it may take. */
        first: z.strictObject({
          from: z.enum([
            ...['initial-training', 'hire', 'role-start', 'licence', 'assignment', 'contract'],
            ...['membership', 'fiscal-year', 'none-in-text'],
          ] as const),
          within: duration.nullable(),
        }),
        renew: z.strictObject({
          every: duration.nullable(),
          count: z.enum([
            ...['none-in-text', 'annual-unspecified', 'base-month', 'every-n-years-unspecified'],
            ...['licence-term', 'one-time', 'fiscal-year', 'policy'],
          ] as const),
        }),
        minimum: duration.nullable(),
        keep: z
          .strictObject({ for: duration, from: z.enum(['completion', 'release', 'employment-end']) })
          .nullable(),
        proof: z.array(
          z.enum([
            ...['completion-record', 'certificate', 'signed-ack', 'instructor-cert', 'roster-cert'],
            ...['hours', 'test-result', 'written-statement', 'annual-report'],
          ] as const),
        ),
        /** Who has to approve the content first. */
        approval: line.nullable(),
        courses: z.array(slug),
        topics: z.array(
          z.strictObject({
            text: line,
            objectives: z.array(objectiveId),
            gaps: z.array(gapId).default([]),
            /** Lessons and items that carry it beside those of its objectives. */
            lessons: z.array(lessonPath).default([]),
            items: z.array(z.string()).default([]),
            /** What is proven by a count of the yearly report, and not by a lesson alone. */
            counted: z.enum(['trained', 'notifications']).exactOptional(),
          }),
        ),
        gaps: z.array(gapId),
        /** Asks for a report of a year that begins on `from` and is due on `by`; with a count of notifications. */
        report: z.strictObject({ from: monthDay, by: monthDay, notifications: z.boolean() }).exactOptional(),
        says: z.array(line).min(1),
        penalty: line.exactOptional(),
        /** States that differ. */
        places: z.array(z.strictObject({ name: line, text: line, confidence })).default([]),
        /** What rests on memory or on another source than the text. */
        unread: z
          .array(z.enum(['first', 'renew', 'first-half-of-b', 'topics-b-c', 'cure-period']))
          .default([]),
        confidence,
        readOn: day,
        source: passage,
        url: address.exactOptional(),
        /** Lawyers who have read the entry. Nobody is invented: it is empty until somebody has. */
        reviewedBy: z.array(z.strictObject({ role: line, name: line, on: day })),
      }),
    )
    .min(1),
});
