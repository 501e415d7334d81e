import { z } from 'zod';

/** Small shapes shared by every content schema: ids, short texts, dates. */
export const slug = z
  .string()
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'Write lower-case words joined by single hyphens, like "trafficking-routes".',
  )
  .max(60);
export const lessonName = z
  .string()
  .regex(/^\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Write two digits, a hyphen and words, like "02-online-offers".')
  .max(80);
export const lessonDecisionId = z
  .string()
  .regex(/^[A-Z]{1,2}\d?-D\d{1,2}$/, 'Write an id of a lesson’s decision like "M1-D1".');
export const lessonSortId = z
  .string()
  .regex(/^[A-Z]{1,2}\d?-T\d{1,2}$/, 'Write an id of things to sort like "M1-T1".');
export const checkId = z.string().regex(/^[A-Z]{1,2}\d?-C\d{2}$/, 'Write a check id like "M2-C01".');
export const day = z
  .string()
  .regex(/^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'Write a date like 2026-11-24.');
export const address = z
  .string()
  .regex(/^https:\/\/[^\s<>"']+$/, 'Write a full address that begins with https://.')
  .max(400);
/** Counted minutes, from the fewest to the most. */
export const budget = z.strictObject({ min: z.int().min(0).max(1000), max: z.int().min(1).max(1000) });
