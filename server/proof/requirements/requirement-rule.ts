import type { ValidityRule } from '../open-badges/validity-rule.js';

/**
 * Who is meant. Each condition that is given has to hold, by any of its values: a unit means those below it too, on the tree
 * of that day, and any placement counts. Texts are compared folded (`server/platform/lib/folding.ts`). Without a condition: everybody.
 */
export interface Audience {
  readonly units: readonly string[];
  readonly jobs: readonly string[];
  readonly tags: readonly string[];
  /** Hired on this day or later. Whoever has no day of hire is not meant, and is listed as a gap. */
  readonly hiredSince: string | null;
  /** Holds a credit of this other course on that day, by whichever version. */
  readonly holds: string | null;
}

/**
 * - `follow`: whoever is meant on a day, and nobody else.
 * - `add-only`: whoever has been meant stays, also when they are meant no more.
 * - `remove-only`: nobody is added after the version's first day; whoever is meant no more leaves.
 * - `paused`: whoever was meant on the version's first day.
 */
export type UpdateMode = 'follow' | 'add-only' | 'remove-only' | 'paused';

/** The day by which somebody newly meant has to have done it. Days count from the day of hire, or from when they were meant. */
export type FirstDue =
  { readonly after: 'hired' | 'joined'; readonly days: number } | { readonly on: string };

/** How a credit becomes a time that is covered: by the certificate's printed end, by a rule of its own, or for good. */
export type RenewalRule =
  | { readonly kind: 'as-certificate' }
  | { readonly kind: 'own'; readonly validity: ValidityRule }
  | { readonly kind: 'once' };

/** From `by` on, a credit of an earlier version than `version` of this course covers no more. */
export interface MaterialChange {
  readonly course: string;
  readonly version: number;
  readonly by: string;
}

/** What a version of a requirement says. Days are texts like "2026-11-30", in the organisation's zone. */
export interface Rule {
  /** False: the requirement has ended; its history stays. */
  readonly inForce: boolean;
  readonly audience: Audience;
  readonly mode: UpdateMode;
  /** Slugs: a credit of any of them counts. */
  readonly courses: readonly string[];
  readonly firstDue: FirstDue;
  /** A due day that this version sets is never earlier than so many days after its first day. */
  readonly noticeDays: number;
  /** A duty announced already takes this version's due day, although that is earlier. */
  readonly bringForward: boolean;
  readonly renewal: RenewalRule;
  /** Days after the end of a cover in which a renewal is not overdue yet. A first due day has none. */
  readonly graceDays: number;
  /** Whether `in-grace` counts as having it. */
  readonly graceCounts: boolean;
  /** Days before the due day on which a reminder goes out, furthest first. */
  readonly reminders: readonly number[];
  /** What leave does to a due day that falls into it; the end of a cover never moves. Days count from the return. */
  readonly leave: { readonly due: 'stays' } | { readonly due: 'after-return'; readonly days: number };
  readonly material: readonly MaterialChange[];
  /** The source of the duty, in the organisation's words: a law, a contract, a policy. */
  readonly source: string;
}
