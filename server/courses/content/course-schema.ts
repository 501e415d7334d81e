import { z } from 'zod';
import { depth, lessonName, line, passage, scenarioId, slug } from './shapes.js';

const blueprint = {
  draw: z.int().min(1).max(100),
  pass: z.int().min(1).max(100),
  minCritical: z.int().min(0).max(100),
};

/**
 * modules/courses/<slug>.yaml. `pass` is the number of right answers needed, `budget` is in minutes,
 * `validity.months` counts from the day of the award.
 */
export const courseSchema = z.strictObject({
  slug,
  title: line,
  audience: line,
  summary: passage,
  restricted: z.boolean(),
  validity: z.strictObject({ months: z.int().min(1).max(120), snap: z.enum(['none', 'month-end']) }),
  budget: z.strictObject({ min: z.int().min(0).max(1000), max: z.int().min(1).max(1000) }),
  criteria: line,
  modules: z
    .array(
      z.strictObject({
        module: slug,
        group: z.enum(['core', 'track']),
        depth,
        lessons: z.array(lessonName).min(1),
        optional: z.array(lessonName).default([]),
        quiz: z.strictObject(blueprint),
      }),
    )
    .min(1),
  final: z.strictObject({ ...blueprint, scenario: scenarioId.exactOptional() }).exactOptional(),
});
