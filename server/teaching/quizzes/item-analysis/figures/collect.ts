import type { Confidence } from '../../quiz-model.js';
import type { Answer } from '../../../questions/answer.js';
import { FULL_POINTS } from '../../../questions/question-type.js';
import { questionTypes } from '../../../questions/question-types.js';
import { chosenIn, unknownItem, type AnalysedBank, type ItemVersion } from './analysed-bank.js';
import { addItemAnswer, noItemSums, type ItemSums } from './item-sums.js';
import { addTo, noMoments, type Moments } from './moments.js';
import { addTally, nobody, type Tally } from '../small-groups.js';
import { answerTimes, type TimedAnswer } from './times.js';

/** A submitted attempt, as item analysis reads it. Times are epoch milliseconds. */
export interface AnalysedAttempt {
  /** When it was submitted and its id; the newest sorts last. */
  readonly at: string;
  /** Is it the first attempt of the person at the quiz? */
  readonly isNew: boolean;
  readonly startedAt: number;
  /** In the order of the form. Points are integers, 0 to 100. */
  readonly slots: readonly {
    readonly itemId: string;
    readonly points: number;
    readonly void?: true;
    readonly trial?: true;
  }[];
  /** Every saved answer, in the order of slots and sequences: the last of a slot counts. */
  readonly answers: readonly (TimedAnswer & {
    readonly response: Answer;
    readonly confidence?: Confidence | null;
  })[];
}

/** All that is kept of the attempts at one quiz: sums, and no single attempt. */
export interface QuizSums {
  readonly attempts: Tally;
  /** By id and hash. */
  readonly items: Map<string, ItemSums>;
  /** Points in each place of the form, without the case and what was on trial. */
  readonly places: Moments[];
  /** Points of the form, without the case and what was on trial. */
  readonly totals: Moments;
  /** Answers that were worth a part of the points. */
  parts: number;
  /** Attempts whose result could not be read. */
  unreadable: number;
}

export const noSums = (): QuizSums => ({
  attempts: nobody(),
  items: new Map(),
  places: [],
  totals: noMoments(),
  parts: 0,
  unreadable: 0,
});

/** Adds one attempt to the sums. */
export function collect(sums: QuizSums, attempt: AnalysedAttempt, bank: AnalysedBank): void {
  const versions = attempt.slots.map(({ itemId }) => bank.get(itemId) ?? unknownItem(itemId));
  const drawn = attempt.slots.filter(({ trial }, index) => !trial && versions[index]?.isCase === false);
  const total = drawn.reduce((points, slot) => points + slot.points, 0);
  addTally(sums.attempts, attempt.isNew);
  addTo(sums.totals, total);
  drawn.forEach(({ points }, place) => {
    addTo((sums.places[place] ??= noMoments()), points);
    if (points > 0 && points < FULL_POINTS) sums.parts += 1;
  });
  const times = answerTimes(attempt.startedAt, attempt.answers);
  versions.forEach((version, index) => {
    const points = attempt.slots[index]?.points ?? 0;
    const given = attempt.answers.findLast(({ slot }) => slot === index + 1);
    addItemAnswer(itemSums(sums, version), {
      at: attempt.at,
      isNew: attempt.isNew,
      points: attempt.slots[index]?.void ? asPublished(version, given?.response) : points,
      // What does not count is measured against the whole of what does.
      rest: version.isCase || attempt.slots[index]?.trial ? total : total - points,
      chosen: given ? chosenIn(version, given.response) : null,
      confidence: given?.confidence ?? null,
      time: times.find(({ slot }) => slot === index + 1) ?? null,
    });
  });
}

/**
 * A voided question gives everybody its full points: they count in the result of the form, and so in its reliability, as
 * they count towards the pass. The figures of the question itself come from the answers and the published key: they are
 * what led to the ruling.
 */
const asPublished = ({ item }: ItemVersion, response: Answer | undefined): number =>
  item && response ? questionTypes.of(item).grade(item, response) : 0;

function itemSums({ items }: QuizSums, version: ItemVersion): ItemSums {
  const key = `${version.id} ${version.hash}`;
  const known = items.get(key) ?? noItemSums(version);
  items.set(key, known);
  return known;
}
