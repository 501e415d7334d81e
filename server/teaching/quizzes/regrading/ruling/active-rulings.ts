import type { Quiz } from '../../quiz-model.js';
import { courseByNumber, courseVersion } from '../../../courses/catalogue.js';
import { database } from '../../../../platform/db/connect.js';
import { LOCKS } from '../../../../platform/db/locks.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../../../platform/db/sql.js';
import { quizOf } from '../../quiz.js';
import type { Answer } from '../../../questions/answer.js';
import type { Item } from '../../../questions/item.js';
import { rulingsInForce, underRulings, type Ruling, type RulingTerms } from './rulings.js';
import { ItemRuling } from '../tables.js';

/** A ruling as it was made: the terms, and why. */
export interface MadeRuling extends Ruling {
  readonly reason: string;
}

/** A quiz as it is graded, and the number of the newest ruling taken into account; null when there was none. */
export interface RuledQuiz {
  readonly quiz: Quiz;
  readonly seen: number | null;
  readonly standing: ReadonlyMap<string, MadeRuling>;
}

/**
 * In a list of what is selected: a lock for those who grade, held until the transaction ends. No ruling comes into force while an
 * attempt is being graded without it. (SQLite has one writer anyway.)
 */
export const sharingRulings = (): Sql => ({
  text: database().dialect === 'postgres' ? `, pg_advisory_xact_lock_shared(${LOCKS.rulings})` : '',
});

/** A lock for those who rule: no attempt is between grading and commit, and none starts to be graded. */
export async function holdRulings(): Promise<void> {
  if (database().dialect === 'postgres') await rows(sql`select pg_advisory_xact_lock(${LOCKS.rulings})`);
}

const RULINGS = sql`select ${columns(
  ItemRuling,
  'r',
  'number',
  'itemId',
  'kind',
  'fromVersion',
  'toVersion',
  'keyVersion',
  'answers',
  'reason',
  'createdAt',
)} from ${ItemRuling} r where r.course_slug = $1 and r.quiz = $2 order by r.number`;

/** All rulings on the questions of a quiz, oldest first. One indexed read that mostly finds none. */
export async function rulingsOn(courseSlug: string, quiz: string): Promise<MadeRuling[]> {
  const found = await rows(RULINGS, [courseSlug, quiz]);
  return found.map(ruling => ({ ...ruling, answers: JSON.parse(ruling.answers) as Answer[] }));
}

/**
 * The quiz of a course version under the rulings up to the number `upTo`, or under all. Without `upTo` this is how an
 * attempt submitted now is graded; with it, how an attempt was graded that had seen rulings up to that number.
 */
export async function ruledQuiz(
  quiz: Quiz,
  courseVersionId: string,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<RuledQuiz> {
  const { slug } = await courseVersion(courseVersionId);
  return underAll(quiz, courseVersionId, await rulingsOn(slug, quiz.name), upTo);
}

/** The same from rulings that have been read. */
export async function underAll(
  quiz: Quiz,
  courseVersionId: string,
  rulings: readonly MadeRuling[],
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<RuledQuiz> {
  const { slug, number } = await courseVersion(courseVersionId);
  const known = rulings.filter(ruling => ruling.number <= upTo);
  const standing = rulingsInForce(known, number);
  return {
    quiz: underRulings(quiz, standing, await wordingsBy(slug, quiz.name, standing)),
    seen: known.at(-1)?.number ?? null,
    standing,
  };
}

/** The wordings that rulings grade with. */
export async function wordingsBy(
  slug: string,
  quiz: string,
  standing: ReadonlyMap<string, RulingTerms>,
): Promise<(ruling: RulingTerms) => Item> {
  const wordings = new Map<RulingTerms, Item>();
  for (const ruling of standing.values())
    if (ruling.keyVersion !== null) wordings.set(ruling, await wordingIn(slug, quiz, ruling));
  return ruling => wordings.get(ruling) as Item;
}

async function wordingIn(slug: string, name: string, ruling: RulingTerms): Promise<Item> {
  const course = await courseByNumber(slug, ruling.keyVersion ?? 0);
  const item = course && quizOf(course.snapshot, name)?.items.find(({ id }) => id === ruling.itemId);
  if (!item) throw new Error(`Ruling on ${ruling.itemId} names version ${ruling.keyVersion}, which lacks it`);
  return item;
}
