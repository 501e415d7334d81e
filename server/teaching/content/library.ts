import type { Bank, Card, Fact, HotlineDirectory, Pack, RegulationMap, Term } from './schema/types.js';

/** What all courses share. */
export interface Library {
  readonly facts: readonly Fact[];
  readonly hotlines: HotlineDirectory;
  readonly glossary: readonly Term[];
  /** A page of law is corrected for everybody at once, so it belongs to no version of a course. */
  readonly packs: readonly Pack[];
  readonly cards: readonly Card[];
  /** Which rules ask for training, and what was read of them. */
  readonly regulations: RegulationMap;
  /** The pattern for writers, which no course draws from; null where there is none. */
  readonly models: Pick<Bank, 'items' | 'scenarios'> | null;
}
