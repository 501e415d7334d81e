import type { Confidence } from '../../quiz-model.js';
import type { ItemVersion } from './analysed-bank.js';
import { addConfidence, type Confidences } from './confidence-counts.js';
import { addPair, noPairs, type Pairs } from './moments.js';
import { addTally, nobody, type Tally } from '../small-groups.js';
import { addTime, noTimes, type AnswerTime, type TimeCounts } from './times.js';
import { FULL_POINTS } from '../../../questions/question-type.js';

/** Answers to an item by people who had the same points on the rest of the form. */
export interface RestGroup extends Tally {
  points: number;
  /** How often each choice was taken; under `NO_ANSWER`, how often none was. */
  readonly choices: Map<string, Tally>;
}

/** No option has this id. */
export const NO_ANSWER = '';

/**
 * All that is kept of the answers to one item version. Its size hangs on how many different results there are, not
 * on how many people.
 */
export interface ItemSums {
  readonly version: ItemVersion;
  /** Points on the item, and on the rest of the form. */
  readonly pairs: Pairs;
  readonly byPoints: Map<number, number>;
  readonly byRest: Map<number, RestGroup>;
  /** Whether the newest answers were right, by when and in which attempt they were given. */
  readonly latest: Map<string, boolean>;
  readonly times: TimeCounts;
  readonly confidences: Confidences;
}

/**
 * One slot of one attempt. `chosen` is null where nothing was answered, `confidence` where nothing was said, `time`
 * where nothing was timed.
 */
export interface GivenAnswer {
  /** When and in which attempt; the newest sorts last. */
  readonly at: string;
  /** Is it the first attempt of the person at the quiz? */
  readonly isNew: boolean;
  readonly points: number;
  readonly rest: number;
  readonly chosen: readonly string[] | null;
  readonly confidence?: Confidence | null;
  readonly time: AnswerTime | null;
}

export const noItemSums = (version: ItemVersion): ItemSums => ({
  version,
  pairs: noPairs(),
  byPoints: new Map(),
  byRest: new Map(),
  latest: new Map(),
  times: noTimes(),
  confidences: new Map(),
});

export function addItemAnswer(sums: ItemSums, given: GivenAnswer): void {
  const { at, isNew, points, rest, chosen, confidence = null, time } = given;
  addPair(sums.pairs, points, rest);
  sums.byPoints.set(points, (sums.byPoints.get(points) ?? 0) + 1);
  sums.latest.set(at, points === FULL_POINTS);
  if (time && !sums.version.isCase) addTime(sums.times, time);
  addConfidence(sums.confidences, { isNew, confidence, right: points === FULL_POINTS });
  const group = sums.byRest.get(rest) ?? { ...nobody(), points: 0, choices: new Map() };
  sums.byRest.set(rest, group);
  group.points += points;
  addTally(group, isNew);
  if (chosen === null) addTally(tallyOf(group, NO_ANSWER), isNew);
  for (const { id } of sums.version.choices) if (chosen?.includes(id)) addTally(tallyOf(group, id), isNew);
}

function tallyOf({ choices }: RestGroup, id: string): Tally {
  const known = choices.get(id) ?? nobody();
  choices.set(id, known);
  return known;
}
