import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import type { Because, Interval } from '../../../requirements/standing-interval.js';

/** How a requirement counts a completion, beside what the certificate of it says. */
export interface CountedCompletion {
  readonly requirement: string;
  readonly cover: NonNullable<Because['cover']>;
}

/** The completions that cover in intervals, each as the last of them counts it; the intervals are in order. */
export function completionsCounted(requirement: string, intervals: readonly Interval[]): CountedCompletion[] {
  const covers = new Map(
    intervals.flatMap(({ because: { cover } }) => (cover ? [[cover.creditId, cover] as const] : [])),
  );
  return [...covers.values()].map(cover => ({ requirement, cover }));
}

/**
 * Why a requirement counts a completion until another day than its certificate ends: one sentence. Null: both name the same
 * day. `certificateEnds`: the last day of the certificate, like "2027-11-30"; null: it has no end.
 */
export function otherEndText(
  { requirement, cover: { lastDay, by } }: CountedCompletion,
  certificateEnds: string | null,
): string | null {
  if (lastDay === certificateEnds || by === 'certificate') return null;
  return spoken(`room.otherEnd.${by}`, { requirement, day: lastDay === null ? '' : dayWords(lastDay) });
}
