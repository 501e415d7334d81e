import type { Standing } from './standings.js';

/**
 * What an interval rests on: enough to reckon it again and to say why. Ids name rows; days are texts like "2026-11-30".
 * Nothing here names a person.
 */
export interface Because {
  /** The version in force; null before the first. */
  readonly versionId: string | null;
  /**
   * Why they are meant, or are not: by the audience, added or removed by hand, kept in or out by the update mode; the
   * requirement is not in force; they have left, or are no member yet.
   */
  readonly meant:
    | 'audience'
    | 'added'
    | 'kept'
    | 'outside'
    | 'removed'
    | 'kept-out'
    | 'not-in-force'
    | 'left'
    | 'no-member';
  /** Since when, without a break. Null: they are not meant. */
  readonly meantSince: string | null;
  /** The first due day, and what decided it: null where it cannot be reckoned, or they are not meant. */
  readonly firstDue: {
    readonly day: string;
    readonly by: 'hired' | 'joined' | 'day' | 'notice' | 'announced' | 'extension' | 'after-return';
    /** The day from which days were counted; the version that announced it, where another one did. */
    readonly from: string | null;
    readonly versionId: string;
  } | null;
  /**
   * The credit that covers the day, or covered last since they are meant; its last day covered (null: for good), and what ends
   * it: the certificate, the rule, a material change, a void, or a version that does not count it any more.
   */
  readonly cover: {
    readonly creditId: string;
    readonly lastDay: string | null;
    readonly by: 'certificate' | 'own' | 'once' | 'material' | 'void' | 'version';
  } | null;
  /** The waiver or extension that decides. */
  readonly exemptionId: string | null;
  /** What is missing. */
  readonly gap: 'no-hire-date' | null;
}

/** How somebody stands from a day to another (exclusive; null: for good), and why. */
export interface Interval {
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly standing: Standing;
  /** The unit of their home placement; null: they have none. */
  readonly unitId: string | null;
  /** The day by which something has to be done: the first due day, or the last day of the cover. Null: nothing has to be. */
  readonly dueDay: string | null;
  readonly because: Because;
}
