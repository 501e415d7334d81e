import type { z } from 'zod';
import type { cardsSchema } from '../schema/card.js';
import type { moduleSchema, reviewSchema } from '../schema/module.js';
import type { quizSchema } from '../schema/quiz.js';
import type { remediationSchema } from '../schema/remediation.js';
import type { factsSchema, glossarySchema, hotlinesSchema, seedsSchema } from '../schema/reference.js';
import type { Course, Lesson, Pack } from '../schema/types.js';
import type { Scenario } from '../../../questions/types/scenario/scenario-shape.js';
import type { Loaded } from './validation.js';

/** One module's files as read. */
export type LoadedModule = {
  slug: string;
  module: Loaded<z.infer<typeof moduleSchema>>;
  lessons: Loaded<Lesson>[];
  quiz: Loaded<z.infer<typeof quizSchema>>;
  scenario: Loaded<Scenario>;
  review: Loaded<z.infer<typeof reviewSchema>>;
};

/** Everything that could be read. What has faults of its own is absent, so that no fault is reported twice. */
export type LoadedContent = {
  courses: Loaded<Course>[];
  modules: LoadedModule[];
  /** Every module folder, including those with faults. */
  folders: string[];
  packs: Loaded<Pack>[];
  final: { quiz: Loaded<z.infer<typeof quizSchema>>; scenarios: Loaded<Scenario>[] } | undefined;
  facts: Loaded<z.infer<typeof factsSchema>> | undefined;
  hotlines: Loaded<z.infer<typeof hotlinesSchema>> | undefined;
  glossary: Loaded<z.infer<typeof glossarySchema>> | undefined;
  seeds: Loaded<z.infer<typeof seedsSchema>> | undefined;
  remediation: Loaded<z.infer<typeof remediationSchema>> | undefined;
  cards: Loaded<z.infer<typeof cardsSchema>> | undefined;
};
