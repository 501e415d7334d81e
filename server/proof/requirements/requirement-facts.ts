import type { Span } from '../../platform/lib/dated.js';
import type { Rule } from './requirement-rule.js';

/** When we said it (epoch ms); `retiredAt` null: we still do. */
export interface Said {
  readonly recordedAt: number;
  readonly retiredAt: number | null;
}

/** What was so from a day to another, as we said it for a time. */
export type SaidSpan<V> = Span<V> & Said;

/** Where somebody works, and as what. */
export interface WorkPlace {
  readonly unitId: string;
  readonly job: string | null;
  readonly isHome: boolean;
}

/** A version of a requirement. Of those whose `fromDay` has come, the one with the highest number is in force. */
export interface VersionFacts {
  readonly id: string;
  readonly number: number;
  readonly fromDay: string;
  readonly recordedAt: number;
  readonly rule: Rule;
  /** The version that this one takes back: once this is said, neither of the two says anything. */
  readonly undoes?: string | null;
}

/** A point of completion. */
export interface CreditFacts {
  readonly id: string;
  readonly course: string;
  readonly version: number | null;
  readonly completedOn: string;
  readonly recordedAt: number;
  /** What its certificate prints as the last day: several, as we said it. None: it prints none yet, or never ends. */
  readonly printedEnds: readonly (Said & { readonly lastDay: string | null })[];
  /** On these days it does not cover. */
  readonly voids: readonly (SaidSpan<string> & { readonly id: string })[];
}

export interface ExemptionFacts extends Said {
  readonly id: string;
  readonly kind: 'waiver' | 'extension';
  readonly fromDay: string;
  readonly toDay: string;
  /** The day by which, for an extension. */
  readonly dueDay: string | null;
}

/** All that is known of one membership: the same for each of its requirements. */
export interface MemberHistory {
  readonly employment: readonly SaidSpan<'active' | 'on-leave' | 'left'>[];
  readonly hired: readonly SaidSpan<string>[];
  readonly tags: readonly SaidSpan<string>[];
  readonly places: readonly SaidSpan<WorkPlace>[];
  readonly credits: readonly CreditFacts[];
}

/** Where a unit stood: its parent from one day to another. The tree of a day is read from these. */
export type UnitParents = ReadonlyMap<string, readonly SaidSpan<string | null>[]>;

/** One requirement on one membership, with all that decides about it. */
export interface RequirementFacts {
  readonly timeZone: string;
  readonly versions: readonly VersionFacts[];
  readonly member: MemberHistory;
  readonly units: UnitParents;
  readonly marks: readonly SaidSpan<'added' | 'removed'>[];
  readonly exemptions: readonly ExemptionFacts[];
}
