import { z } from 'zod';
import { repeats } from './item-faults.js';
import { JOBS } from './jobs.js';
import { LEVELS } from './levels.js';
import { SCENES } from './scenes.js';

/** The small shapes that questions are made of: ids, short texts, what an item is about. */
export const objectiveId = z
  .string()
  .regex(/^[A-Z]{1,2}\d?-O\d{1,2}$/, 'Write an objective id like "M2-O1".');
export const itemId = z.string().regex(/^[A-Z]{1,2}\d?-\d{3}$/, 'Write an item id like "M2-001".');
export const scenarioId = z.string().regex(/^[A-Z]{1,2}\d?-S\d{0,2}$/, 'Write a scenario id like "M2-S".');
export const factId = z.string().regex(/^F\d{3}$/, 'Write a fact id like "F070".');
/** A point of modules/seeds.yaml: of the source text, or a rule of the courses' own. */
export const pointId = z
  .string()
  .regex(/^(?:S(?:0[1-9]|1\d|2[0-7])|R\d)$/, 'Write a point of seeds.yaml, like "S12" or "R3".');
export const optionId = z.string().regex(/^[a-h]$/, 'Write one letter from a to h.');
export const promptId = z.string().regex(/^[a-z]$/, 'Write one small letter.');
export const nodeId = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Write a short id like "n1" or "e2".');
/** What nobody may do (`never-`), and what nobody may leave undone (`always-`). */
export const safetyRule = z.enum([
  'never-1',
  'never-2',
  'never-3',
  'never-4',
  'never-5',
  'never-6',
  'never-7',
  'never-8',
  'always-1',
]);
export const judgement = z.enum(['concern', 'no-concern']);
/** What choosing an option says of the situation; `appearance`: that it goes by how people look or live. */
export const judges = z.enum(['concern', 'no-concern', 'appearance']);
/**
 * What a story can show of a child or of those with it, in words that `cues` of an item uses. Whether one is relevant is said
 * by the item: a bank is checked for cues that give the answer away.
 */
export const CUES = [
  'accent',
  'adults-change',
  'asks-for-help',
  'bruises',
  'cash',
  'clothes',
  'coached-answers',
  'confession',
  'crying',
  'debt',
  'different-surnames',
  'disability',
  'expensive-gifts',
  'faith',
  'family-form',
  'fear-of-adult',
  'held-papers',
  'held-phone',
  'job-offer',
  'late-hour',
  'looks-at-floor',
  'luggage',
  'nobody-to-meet',
  'no-school',
  'older-partner',
  'online-contact',
  'poverty',
  'refuses-to-go',
  'route',
  'skin',
  'speaks-for-child',
  'takes-earnings',
  'threat',
  'tired',
  'travels-alone',
  'unknown-destination',
  'watched',
] as const;
export const job = z.enum(JOBS);

/** The jobs that something is written for; it is for every job without them. */
export const roles = z
  .array(job)
  .min(1)
  .refine(jobs => !repeats(jobs), 'Name each job once.')
  .exactOptional();
/** Where the situation plays. Items of the first edition do not say it. */
export const scene = z.enum(SCENES).exactOptional();
export const pairId = z.string().regex(/^P-\d{2,3}$/, 'Write an id of a pair like "P-01".');
export const depth = z.enum(['essentials', 'full']);
export const level = z.enum(LEVELS);
export const line = z.string().trim().min(1, 'Write some text.').max(600);
export const passage = z.string().trim().min(1, 'Write some text.').max(4000);
/** It fits two lines of a phone. */
export const itemTitle = z.string().trim().min(1, 'Write where and when it plays.').max(40);
export const option = z.strictObject({ id: optionId, text: line, feedback: passage });
