import { z } from 'zod';
import { line } from '../../questions/item-shapes.js';
import { atLeast, blueprint } from './blueprint-schema.js';
import { budget, lessonName, slug } from './shapes.js';

/** Modules whose lessons are read, in this order; `lessons` may name any of the module, also those that the whole course leaves out. */
const part = z.strictObject({ module: slug, lessons: z.array(lessonName).min(1) });

/** One quiz over all modules. `from`: how many of its items come from the bank of which module; together they are all of them. */
const quiz = z.strictObject({ ...blueprint, from: z.record(slug, atLeast) });

/**
 * A shorter path for people who hold a certificate of the course: these lessons, one quiz over all modules, then the final.
 * `within`: months after the end of the certificate in which the path is still offered (0: while it is valid). `budget`: counted minutes.
 * `criteria`: what their certificates say they had to do, in place of the course's.
 */
export const renewalSchema = z.strictObject({
  within: z.int().min(0).max(24).default(0),
  budget,
  criteria: line,
  modules: z.array(part).min(1),
  quiz,
});
