import { z } from 'zod';
import { atLeast, blueprint } from './blueprint-schema.js';
import { coursePolicySchema } from './policy-schema.js';
import { renewalSchema } from './renewal-schema.js';
import { budget, lessonName, slug } from './shapes.js';
import { depth, job, line, passage, pointId, scenarioId } from '../../questions/item-shapes.js';

/** The most items of a quiz that is practice. */
const MOST_PRACTISED = 3;

/** The quiz that follows the lessons of a module. `practice`: whatever comes of it, the learner can go on. */
const moduleQuiz = z
  .strictObject({ ...blueprint, practice: z.literal(true).exactOptional() })
  .refine(({ practice, draw }) => !practice || draw <= MOST_PRACTISED, {
    message: `is practice with at most ${MOST_PRACTISED} items`,
    path: ['draw'],
  });

/** People with one of these jobs read one lesson of a module instead of another. */
const instead = z.strictObject({ lesson: lessonName, read: lessonName, jobs: z.array(job).min(1) });

/** `from`: how many of the drawn items come from the banks of which modules; the others come from the finals' own bank. */
const final = z.strictObject({
  ...blueprint,
  from: z.record(slug, atLeast).exactOptional(),
  scenarios: z.array(scenarioId).min(1).exactOptional(),
});

/**
 * A law, a standard or a guideline that the course supports; never a claim that anybody approved it. `rule` is its entry in the
 * map of rules, and `claim` what that entry says. Courses that were published before have neither.
 */
const duty = z
  .strictObject({
    name: line,
    framework: line,
    url: z.httpUrl(),
    rule: slug.exactOptional(),
    claim: z.enum(['supports', 'supports-with-gap', 'context']).exactOptional(),
  })
  .refine(({ rule, claim }) => rule !== undefined || claim === undefined || claim === 'context', {
    message: 'Name the rule that says so.',
    path: ['rule'],
  });

const yearDay = z
  .strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
  .refine(
    ({ month, day }) => day <= new Date(Date.UTC(2028, month, 0)).getUTCDate(),
    'is not a day of the year',
  );

const IN_THIRD_PERSON = /^(?!.*\b(?:you|your|yours|we|our)\b)(?!.*(?:https?:|www\.))/i;
const UNFIT = 'Write about the holder, not to a learner, and without a link.';

/**
 * What certificates say of the course, in English: `subject` completes "has completed awareness training in …";
 * `showed` says in a sentence or two what was assessed. Both fit on the smallest paper.
 */
const certificate = z.strictObject({
  subject: z
    .string()
    .trim()
    .min(10)
    .max(90)
    .regex(/^[a-z][^.:\n]*$/, 'Begin with a small letter, without full stops, colons or line breaks.')
    .regex(IN_THIRD_PERSON, UNFIT),
  showed: z
    .string()
    .trim()
    .min(20)
    .max(240)
    .regex(/^[A-Z][^\n]*\.$/, 'Write whole sentences on one line.')
    .regex(IN_THIRD_PERSON, UNFIT),
});

/** How long the certificate is valid, and how it is renewed: see `certificates/lifecycle/validity.ts`. */
const validity = z
  .strictObject({
    months: z.int().min(1).max(120),
    snap: z.enum(['none', 'month-end']),
    counts: z.enum(['from-completion', 'from-previous-end', 'fixed-day']).exactOptional(),
    fixedDay: yearDay.exactOptional(),
    opens: z.int().min(1).max(366).exactOptional(),
    grace: z.int().min(0).max(366).exactOptional(),
    minimum: z.int().min(0).max(120).exactOptional(),
  })
  .refine(({ counts, fixedDay }) => (counts === 'fixed-day') === (fixedDay !== undefined), {
    message: 'has a fixedDay with "counts: fixed-day", and only then',
    path: ['fixedDay'],
  })
  .refine(({ counts, snap, months }) => counts !== 'fixed-day' || (snap === 'none' && months >= 12), {
    message: 'is at least 12 months without snap where a fixed day ends it',
    path: ['months'],
  })
  .refine(({ minimum, months }) => (minimum ?? 0) <= months, {
    message: 'is not longer than the months of the certificate',
    path: ['minimum'],
  });

/**
 * modules/courses/<slug>.yaml. `jobs`: what its learners may work as, where its quizzes ask by job. `pass` is the number of right answers needed, `budget` is in minutes,
 * `validity` says when the certificate ends, `claims` which points of the source text its learners are taught and asked about.
 * Where a module has no `quiz`, the final alone asks about it.
 */
export const courseSchema = z.strictObject({
  slug,
  title: line,
  audience: line,
  summary: passage,
  restricted: z.boolean(),
  jobs: z
    .array(job)
    .min(1)
    .refine(jobs => new Set(jobs).size === jobs.length, 'Name each job once.')
    .exactOptional(),
  validity,
  budget,
  criteria: line,
  claims: z.array(pointId).min(1).exactOptional(),
  certificate,
  supports: z.array(duty).min(1).exactOptional(),
  modules: z
    .array(
      z.strictObject({
        module: slug,
        group: z.enum(['core', 'track']),
        depth,
        lessons: z.array(lessonName).min(1),
        optional: z.array(lessonName).default([]),
        instead: instead.exactOptional(),
        quiz: moduleQuiz.exactOptional(),
      }),
    )
    .min(1),
  final: final.exactOptional(),
  renewal: renewalSchema.exactOptional(),
  policy: coursePolicySchema.exactOptional(),
});
