import type { z } from 'zod';
import type { exhibitsSchema } from '../../exhibits/exhibit-schema.js';
import type { cardsSchema } from '../schema/card.js';
import type { moduleSchema } from '../schema/module.js';
import type { quizSchema } from '../schema/quiz-schema.js';
import type { gapsSchema, regulationsSchema } from '../schema/regulation.js';
import type { remediationSchema } from '../schema/remediation.js';
import type { factsSchema, glossarySchema, hotlinesSchema, seedsSchema } from '../schema/reference.js';
import type { reviewSchema } from '../schema/review.js';
import type { Course, Lesson, Pack } from '../schema/types.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';
import type { LoadedFile } from './validation.js';

/** The exhibits of a folder; undefined where it has none. */
export type LoadedExhibits = LoadedFile<z.infer<typeof exhibitsSchema>> | undefined;

/** One module's files as read. */
export type LoadedModule = {
  slug: string;
  module: LoadedFile<z.infer<typeof moduleSchema>>;
  lessons: LoadedFile<Lesson>[];
  quiz: LoadedFile<z.infer<typeof quizSchema>>;
  scenario: LoadedFile<Scenario>;
  exhibits: LoadedExhibits;
  review: LoadedFile<z.infer<typeof reviewSchema>>;
};

/** The files of a bank that belongs to no module. */
export type LoadedBank = {
  folder: 'final' | 'models';
  quiz: LoadedFile<z.infer<typeof quizSchema>>;
  scenarios: LoadedFile<Scenario>[];
  /** Absent until somebody has read the bank. */
  review: LoadedFile<z.infer<typeof reviewSchema>> | undefined;
  exhibits: LoadedExhibits;
};

/** Everything that could be read. What has faults of its own is absent, so that no fault is reported twice. */
export type LoadedContent = {
  courses: LoadedFile<Course>[];
  modules: LoadedModule[];
  /** Every module folder, including those with faults. */
  folders: string[];
  packs: LoadedFile<Pack>[];
  final: LoadedBank | undefined;
  models: LoadedBank | undefined;
  facts: LoadedFile<z.infer<typeof factsSchema>> | undefined;
  hotlines: LoadedFile<z.infer<typeof hotlinesSchema>> | undefined;
  glossary: LoadedFile<z.infer<typeof glossarySchema>> | undefined;
  seeds: LoadedFile<z.infer<typeof seedsSchema>> | undefined;
  remediation: LoadedFile<z.infer<typeof remediationSchema>> | undefined;
  cards: LoadedFile<z.infer<typeof cardsSchema>> | undefined;
  regulations: LoadedFile<z.infer<typeof regulationsSchema>>[];
  gaps: LoadedFile<z.infer<typeof gapsSchema>> | undefined;
};
