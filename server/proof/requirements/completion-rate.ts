import { spoken } from '../../platform/i18n/spoken.js';
import type { Standing, StandingTally } from './standings.js';

/** How far a requirement is completed, in people. */
export interface Completion {
  /** Who is covered, and who is in grace where the requirement counts that. */
  readonly have: number;
  /** Everybody who must have it. Whoever is exempt or on leave need not. */
  readonly must: number;
  /** Those who must, do not have it yet, and still have time. */
  readonly haveTime: number;
  /** Those who are exempt or on leave. */
  readonly outside: number;
}

/** Count people by how they stand. A gap counts as not completed: nobody can say by when it has to be. */
export function completionOf(tally: StandingTally, { graceCounts }: { graceCounts: boolean }): Completion {
  const of = (...standings: readonly Standing[]): number =>
    standings.reduce((sum, standing) => sum + (tally[standing] ?? 0), 0);
  const haveTime = of('due-soon', 'not-yet-due');
  return {
    have: of('current', 'expiring') + (graceCounts ? of('in-grace') : 0),
    must: of('current', 'expiring', 'in-grace', 'overdue', 'gap') + haveTime,
    haveTime,
    outside: of('waived', 'on-leave'),
  };
}

/** A share from 0 to 1, rounded down to whole percent: 100% means all of them. Null where there is nobody. */
export const shareOf = (have: number, of: number): number | null =>
  of === 0 ? null : Math.floor((100 * have) / of) / 100;

/** The completion rate in words, as every page says it. Each part is a sentence, or what follows one. */
export interface CompletionTexts {
  readonly share: string;
  readonly parts: string | null;
  /** The same share without those who still have time; null: there are none. */
  readonly due: string | null;
  /** Who need not have it; null: nobody. */
  readonly outside: string | null;
}

/**
 * The completion rate of everybody who must have it, then without those who still have time. Where nobody must, that is said plainly.
 * `isThen`: as it was known on an earlier day, when less may have been entered.
 */
export function completionTexts(
  tally: StandingTally,
  rule: { graceCounts: boolean },
  { isThen = false }: { isThen?: boolean } = {},
): CompletionTexts {
  const completion = completionOf(tally, rule);
  const { have, must, outside: count } = completion;
  const share = shareOf(have, must);
  if (share !== null)
    return {
      share: spoken('completion.share', { share }),
      parts: spoken('completion.parts', { have, must }),
      due: dueText(completion),
      outside: count === 0 ? null : spoken('completion.outside', { count }),
    };
  if (count > 0)
    return {
      ...{ share: spoken('completion.nobodyMust'), parts: null, due: null },
      outside: spoken('completion.allOutside', { count }),
    };
  const nobody = spoken(isThen ? 'completion.concernedNobodyThen' : 'completion.concernsNobody');
  return { share: nobody, parts: null, due: null, outside: null };
}

function dueText({ have, must, haveTime: count }: Completion): string | null {
  if (count === 0) return null;
  const due = must - count;
  const share = shareOf(have, due);
  return share === null
    ? spoken('completion.onlyTime', { count })
    : spoken('completion.due', { count, share, have, due });
}

/** The same as one text. */
export const completionSentences = ({ share, parts, due, outside }: CompletionTexts): string =>
  [share, parts, due, outside].filter(Boolean).join(' ');
