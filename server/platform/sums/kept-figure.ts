import type { Row } from '../db/table.js';
import type { Added, Sums } from './sums.js';
import type { UncountedFact } from './tables.js';

/** A fact to be counted, or counted anew: `was` is what was counted, or null where nothing was. */
export type Uncounted = Pick<Row<typeof UncountedFact>, 'fact' | 'was'>;

/**
 * Something that pages show of many people, and that is kept as sums. What a fact adds follows from the fact alone, so that the
 * same comes of it whenever it is counted.
 */
export interface KeptFigure {
  readonly name: string;
  /** What the facts add as they are now, without what was counted of them; those that share no sums apart. */
  readonly changes: (facts: readonly Uncounted[]) => AsyncIterable<CountedFacts>;
  /** Whatever has facts, by its name. */
  readonly subjects: () => Promise<readonly string[]>;
  /** What all facts of a subject add, a batch after the other, of each what was counted: `uncounted` gives those that differ. */
  readonly whole: (subject: string, uncounted: UncountedIn) => AsyncIterable<readonly Added[]>;
  /** Leaves out what no page looks at. */
  readonly tidy?: (sums: Sums) => Sums;
}

/** What some facts add together, and which they are. */
export interface CountedFacts {
  readonly facts: readonly string[];
  readonly added: readonly Added[];
}

/** Of some facts those that are not counted as they are. */
export type UncountedIn = (facts: readonly string[]) => Promise<ReadonlyMap<string, Uncounted>>;
