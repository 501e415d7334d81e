import { z } from 'zod';
import { LEVELS } from './levels.js';

/** The small shapes that questions are made of: ids, short texts, what an item is about. */
export const objectiveId = z
  .string()
  .regex(/^[A-Z]{1,2}\d?-O\d{1,2}$/, 'Write an objective id like "M2-O1".');
export const itemId = z.string().regex(/^[A-Z]{1,2}\d?-\d{3}$/, 'Write an item id like "M2-001".');
export const scenarioId = z.string().regex(/^[A-Z]{1,2}\d?-S\d?$/, 'Write a scenario id like "M2-S".');
export const factId = z.string().regex(/^F\d{3}$/, 'Write a fact id like "F070".');
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
export const option = z.strictObject({ id: optionId, text: line, feedback: passage });
