import type { z } from 'zod';
import type { cardsSchema } from './card.js';
import type { courseSchema } from './course.js';
import type { lessonSchema, moduleSchema } from './module.js';
import type { quizSchema } from './quiz-schema.js';
import type { packSchema, statementSchema } from './pack.js';
import type { factsSchema, glossarySchema, hotlinesSchema, seedsSchema } from './reference.js';
import type { gapsSchema, regulationsSchema } from './regulation.js';
import type { remediationSchema } from './remediation.js';
import type { reviewSchema } from './review.js';
import type { Exhibit } from '../../exhibits/exhibit-shape.js';
import type { Item } from '../../questions/item.js';
import type { Scenario } from '../../questions/types/scenario/scenario-shape.js';

export type Fact = z.infer<typeof factsSchema>['facts'][number];
export type HotlineDirectory = z.infer<typeof hotlinesSchema>;
export type HotlineCountry = HotlineDirectory['countries'][number];
/** `how`: how an administrator checked it; absent where the content's own check counts. */
export type Hotline = HotlineCountry['lines'][number] & { readonly how?: 'called' | 'source' };
export type Term = z.infer<typeof glossarySchema>['terms'][number];
/** What the language check holds: the words of the house, sentences that are meant, and how many faults are left. */
export type HouseLanguage = Omit<z.infer<typeof glossarySchema>, 'terms'>;
export type Seed = z.infer<typeof seedsSchema>['seeds'][number];
/** What one country's law says. `module` is the module whose page it belongs to. */
export type Pack = z.infer<typeof packSchema> & { module: string };
export type Statement = z.infer<typeof statementSchema>;
export type Course = z.infer<typeof courseSchema>;
/** What a learner works through after missing a safety rule. */
export type RemediationRule = z.infer<typeof remediationSchema>['rules'][number];
/** The card "What do I do?" of one role. */
export type Card = z.infer<typeof cardsSchema>['cards'][number];
/** A rule that asks for training, with what was read of it. `subject` is its file's name. */
export type Regulation = z.infer<typeof regulationsSchema>['rules'][number] & { subject: string };
/** What rules ask for, and what the courses lack against them. */
export type RegulationMap = { rules: Regulation[]; gaps: z.infer<typeof gapsSchema>['gaps'] };
export type CourseModule = Course['modules'][number];
export type Blueprint = NonNullable<CourseModule['quiz']>;
/** The shorter path of those who renew. */
export type RenewalPath = NonNullable<Course['renewal']>;

/**
 * A lesson: its front matter, its file name without ending, and its Markdown. `bodyLine` is the line of the file on which the text
 * begins. `exhibits` are those that the text places; absent where it places none.
 */
export type Lesson = z.infer<typeof lessonSchema> & {
  name: string;
  body: string;
  bodyLine: number;
  exhibits?: Exhibit[];
};

/** The edition of a bank: the gates fail a bank of the second, and only report on one of the first. */
export type Edition = z.infer<typeof quizSchema>['edition'];

type Review = z.infer<typeof reviewSchema>;
/** Who answered a bank's items without seeing a key, and what; empty until somebody did. */
export type BlindReadings = Pick<Review, 'readers' | 'readings'>;

/** One module of course content, whole. */
export type Module = z.infer<typeof moduleSchema> & {
  slug: string;
  lessons: Lesson[];
  edition: Edition;
  items: Item[];
  scenario: Scenario;
  /** What its lessons, items and case may show by name. */
  exhibits: Exhibit[];
  reviews: Review['reviews'];
  /** What blind readers answered; for authors only. */
  blind: BlindReadings;
};

/** A bank that belongs to no module, with its cases. */
export type Bank = {
  edition: Edition;
  items: Item[];
  scenarios: Scenario[];
  exhibits: Exhibit[];
  blind: BlindReadings;
};

export type Content = {
  courses: Course[];
  modules: Module[];
  /** Of the final assessments; never seen in a module quiz. */
  final: Bank | null;
  /** The pattern for writers, which no course draws from. */
  models: Bank | null;
  facts: Fact[];
  hotlines: HotlineDirectory;
  glossary: Term[];
  /** For the language check; never published. */
  language: HouseLanguage;
  seeds: Seed[];
  packs: Pack[];
  /** Empty until it is written. */
  remediation: RemediationRule[];
  /** Empty until they are written. */
  cards: Card[];
  regulations: RegulationMap;
};

/** One thing wrong in a content file. `file` is relative to the content folder, `line` counts from 1 (0 where the file is missing). */
export type Fault = { file: string; line: number; problem: string; fix: string };
