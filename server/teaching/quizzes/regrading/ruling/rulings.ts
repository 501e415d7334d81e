import type { Quiz, Mark } from '../../quiz-model.js';
import type { Answer } from '../../../questions/answer.js';
import type { Item } from '../../../questions/item.js';
import { FULL_POINTS, type QuestionType } from '../../../questions/question-type.js';

/**
 * The rulings that can be made on a published question.
 *
 * `void`: the question was faulty and says nothing about anybody. Every learner who had it gets its full points, and a
 * safety-critical one no longer fails anybody. The other usual rule, removing the question from the total, was rejected:
 * forms have a fixed length and a pass mark in whole right answers, so each form would need a pass mark of its own, and
 * a learner who had answered the void question right could fall below it (8 of 10 right passes at 80 %; without one of
 * the eight it is 7 of 9, 78 %). Full credit is what large programmes give for a faulty question ("give everyone full
 * credit" among the regrade rules of Canvas quizzes, for one), by construction it lowers no result, and it keeps every
 * sum in whole numbers.
 *
 * `key`: answers are graded with the question as a later course version has it. A published version never changes, so a
 * corrected key is published first.
 *
 * `accept`: another answer is right too, beside the published key and what was accepted or corrected before.
 *
 * `lift`: an earlier ruling is lifted; the question counts as published.
 */
export const KINDS = ['void', 'key', 'accept', 'lift'] as const;
export type RulingKind = (typeof KINDS)[number];

/** What a ruling says, apart from who made it and why. */
export interface RulingTerms {
  readonly itemId: string;
  readonly kind: RulingKind;
  /** The numbers of the first and last course version whose attempts it is about. */
  readonly fromVersion: number;
  readonly toVersion: number;
  /** The course version whose wording grades; null for the attempt's own. */
  readonly keyVersion: number | null;
  /** Answers that are right beside the key. */
  readonly answers: readonly Answer[];
}

/** A ruling that was made. Numbers rise with time; none is ever changed or deleted. */
export interface Ruling extends RulingTerms {
  readonly number: number;
  readonly createdAt: number;
}

/** The rulings that hold for attempts at one course version, by item id: the newest of each, unless it lifts. */
export function rulingsInForce<R extends Ruling>(
  rulings: readonly R[],
  version: number,
): ReadonlyMap<string, R> {
  const standing = new Map<string, R>();
  const inOrder = rulings.filter(isAbout(version)).sort((a, b) => a.number - b.number);
  for (const ruling of inOrder) standing.set(ruling.itemId, ruling);
  for (const { itemId, kind } of standing.values()) if (kind === 'lift') standing.delete(itemId);
  return standing;
}

const isAbout =
  (version: number) =>
  ({ fromVersion, toVersion }: RulingTerms): boolean =>
    fromVersion <= version && version <= toVersion;

/**
 * The quiz as it is graded under rulings. `wordingOf` gives the item of the course version that a ruling names. A quiz
 * without rulings is returned unchanged.
 */
export function underRulings(
  quiz: Quiz,
  standing: ReadonlyMap<string, RulingTerms>,
  wordingOf: (ruling: RulingTerms) => Item,
): Quiz {
  if (standing.size === 0) return quiz;
  const items = quiz.items.map(item => {
    const ruling = standing.get(item.id);
    return ruling?.keyVersion == null || ruling.kind === 'void' ? item : wordingOf(ruling);
  });
  const marks = [...standing.values()].flatMap((ruling): [string, Mark][] => {
    if (ruling.kind === 'void') return [[ruling.itemId, { kind: 'void' }]];
    return ruling.answers.length > 0 ? [[ruling.itemId, { kind: 'accept', answers: ruling.answers }]] : [];
  });
  return { ...quiz, items: items, marks: new Map(marks) };
}

/** The points of one slot, 0 to FULL_POINTS, under the ruling on its question. */
export function pointsUnder(
  { item, type }: { item: Item; type: QuestionType },
  response: Answer | undefined,
  mark: Mark | undefined,
): number {
  if (mark?.kind === 'void') return FULL_POINTS;
  if (!response) return 0;
  if (mark?.answers.some(right => type.same(right, response))) return FULL_POINTS;
  return type.grade(item, response);
}
