import { FULL_POINTS } from '../../../questions/question-type.js';
import type { ItemVersion } from './analysed-bank.js';
import { confidenceCounts, type ConfidenceCounts } from './confidence-counts.js';
import { efficiency } from './efficiency.js';
import { scaled, undefinedFor, type Figure } from './figure.js';
import { ENOUGH_ANSWERS, flagsOf, type Flag } from './flags.js';
import { NO_ANSWER, type ItemSums } from './item-sums.js';
import { jump } from './drift.js';
import { correlation, mean, standardDeviation } from './moments.js';
import { byThirds, type ByThirds, type Chosen } from './outer-thirds.js';
import { isSmall, nobody, shownCounts } from '../small-groups.js';
import { everybody } from './thirds.js';
import { quantile } from './times.js';

/** The figures of one item version. All shares and points are shares of the full points, 0 to 1. */
export interface ItemFigures extends ByThirds {
  readonly version: ItemVersion;
  readonly answers: number;
  /** Are there enough answers to rely on? */
  readonly isSure: boolean;
  readonly blank: Chosen;
  /** Facility index: the mean share of the points (Moodle, "Quiz statistics calculations"). */
  readonly facility: Figure;
  readonly deviation: Figure;
  /**
   * Corrected item-total correlation: points on the item against points on the rest of the form (Henrysson 1963).
   * Everybody has drawn a form of their own, so the rest is not the same for all.
   */
  readonly discrimination: Figure;
  readonly efficiency: Figure;
  readonly jump: Figure;
  /** Seconds. */
  readonly median: Figure;
  readonly p90: Figure;
  readonly timed: number;
  readonly pauses: number;
  readonly together: number;
  /** Null where nobody said how sure they were. */
  readonly confidence: readonly ConfidenceCounts[] | null;
  readonly flags: readonly Flag[];
}

export function itemFigures(sums: ItemSums): ItemFigures {
  const { version, pairs, byPoints, byRest, times } = sums;
  const answers = pairs.x.n;
  const all = everybody(byRest);
  const figures = {
    version,
    answers,
    facility: scaled(mean(pairs.x), FULL_POINTS),
    discrimination: correlation(pairs),
    jump: jump({ answers, right: byPoints.get(FULL_POINTS) ?? 0, latest: [...sums.latest.values()] }),
    median: version.isCase ? undefinedFor('many-steps') : quantile(times, 0.5),
  };
  const choices = version.choices.map(choice => {
    const taken = all.choices.get(choice.id) ?? nobody();
    return { ...choice, count: taken.n, isOfFew: isSmall(taken) };
  });
  return {
    ...figures,
    isSure: answers >= ENOUGH_ANSWERS,
    blank: { count: shownCounts([all.choices.get(NO_ANSWER) ?? nobody()])[0] ?? null, of: answers },
    deviation: scaled(standardDeviation(pairs.x), FULL_POINTS),
    efficiency: efficiency(pairs, byPoints, new Map([...byRest].map(([rest, { n }]) => [rest, n]))),
    p90: version.isCase ? undefinedFor('many-steps') : quantile(times, 0.9),
    timed: times.n,
    pauses: times.pauses,
    together: times.together,
    confidence: confidenceCounts(sums.confidences),
    ...byThirds(sums, all),
    flags: flagsOf({
      ...figures,
      guess: version.guess,
      plannedSeconds: version.plannedSeconds,
      choices,
    }),
  };
}
