import { z } from 'zod';
import { LEVELS } from '../minimums.js';

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
export const objectiveId = z
  .string()
  .regex(/^[A-Z]{1,2}\d?-O\d{1,2}$/, 'Write an objective id like "M2-O1".');
export const itemId = z.string().regex(/^[A-Z]{1,2}\d?-\d{3}$/, 'Write an item id like "M2-001".');
export const checkId = z.string().regex(/^[A-Z]{1,2}\d?-C\d{2}$/, 'Write a check id like "M2-C01".');
export const scenarioId = z.string().regex(/^[A-Z]{1,2}\d?-S\d?$/, 'Write a scenario id like "M2-S".');
export const factId = z.string().regex(/^F\d{3}$/, 'Write a fact id like "F070".');
export const seedId = z
  .string()
  .regex(/^S(?:0[1-9]|1\d|2[0-7])$/, 'Write a source sentence id from S01 to S27.');
export const optionId = z.string().regex(/^[a-h]$/, 'Write one letter from a to h.');
export const promptId = z.string().regex(/^[a-z]$/, 'Write one small letter.');
export const nodeId = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Write a short id like "n1" or "e2".');
export const neverRule = z.enum([
  'never-1',
  'never-2',
  'never-3',
  'never-4',
  'never-5',
  'never-6',
  'never-7',
  'never-8',
]);
export const judgement = z.enum(['concern', 'no-concern']);
/** What choosing an option says of the situation; `appearance`: that it goes by how people look or live. */
export const judges = z.enum(['concern', 'no-concern', 'appearance']);
export const depth = z.enum(['essentials', 'full']);
export const level = z.enum(LEVELS);
export const line = z.string().trim().min(1, 'Write some text.').max(600);
export const passage = z.string().trim().min(1, 'Write some text.').max(4000);
export const day = z
  .string()
  .regex(/^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'Write a date like 2026-11-24.');
export const address = z
  .string()
  .regex(/^https:\/\/[^\s<>"']+$/, 'Write a full address that begins with https://.')
  .max(400);

export const option = z.strictObject({ id: optionId, text: line, feedback: passage });
