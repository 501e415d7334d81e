import type { RefresherDay } from '../kinds.js';

/** What figures are counted over. */
export const UNIT_LEVELS = ['course', 'module', 'objective'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/** A course, a module of it, or an objective: `unit` is the course's slug, the module's slug or the objective's id. */
export interface CountedUnit {
  readonly courseSlug: string;
  readonly level: UnitLevel;
  /** The module that it belongs to; null for a whole course. */
  readonly module: string | null;
  readonly unit: string;
}

/** Mean shares, 0 to 1, of people who finished both forms. */
export interface PairedRow extends CountedUnit {
  readonly people: number;
  readonly before: number;
  readonly after: number;
}

/** The mean share of all who finished the refresher of a day; and for those of them who had finished the post-test, both. */
export interface LaterRow extends CountedUnit {
  readonly days: RefresherDay;
  readonly people: number;
  readonly share: number;
  readonly pairedPeople: number;
  readonly pairedAfter: number | null;
  readonly pairedLater: number | null;
}
