import type { Confidence } from '../../quiz-model.js';
import type { ItemVersion } from './analysed-bank.js';
import { addConfidence, type Confidences } from './confidence-counts.js';
import { addAnswer, noAnswerHistory, type AnswerHistory } from './drift.js';
import { addPair, noPairs, type Pairs } from './moments.js';
import { addPerson, type People, type Tally } from '../small-groups.js';
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
  readonly course: AnswerHistory;
  readonly times: TimeCounts;
  readonly confidences: Confidences;
  readonly people: People;
}

/**
 * One slot of one attempt. `chosen` is null where nothing was answered, `confidence` where nothing was said, `time`
 * where nothing was timed.
 */
export interface GivenAnswer {
  readonly person: string;
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
  course: noAnswerHistory(),
  times: noTimes(),
  confidences: new Map(),
  people: new Set(),
});

/** Call it in the order in which the attempts were submitted. */
export function addItemAnswer(sums: ItemSums, given: GivenAnswer): void {
  const { person, points, rest, chosen, confidence = null, time } = given;
  addPair(sums.pairs, points, rest);
  sums.byPoints.set(points, (sums.byPoints.get(points) ?? 0) + 1);
  addAnswer(sums.course, points === FULL_POINTS);
  addPerson(sums.people, person);
  if (time && !sums.version.isCase) addTime(sums.times, time);
  addConfidence(sums.confidences, { person, confidence, right: points === FULL_POINTS });
  const group = sums.byRest.get(rest) ?? { n: 0, points: 0, people: new Set(), choices: new Map() };
  sums.byRest.set(rest, group);
  group.points += points;
  addTally(group, person);
  if (chosen === null) addTally(tallyOf(group, NO_ANSWER), person);
  for (const { id } of sums.version.choices) if (chosen?.includes(id)) addTally(tallyOf(group, id), person);
}

function addTally(tally: Tally, person: string): void {
  tally.n += 1;
  addPerson(tally.people, person);
}

function tallyOf({ choices }: RestGroup, id: string): Tally {
  const known = choices.get(id) ?? { n: 0, people: new Set() };
  choices.set(id, known);
  return known;
}
