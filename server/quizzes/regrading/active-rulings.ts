import { courseByNumber, courseVersion } from '../../courses/catalogue.js';
import { database } from '../../db/connect.js';
import { LOCKS } from '../../db/locks.js';
import { rows } from '../../db/rows.js';
import { quizOf, type Quiz } from '../quiz.js';
import type { Answer } from '../../questions/answer.js';
import type { Item } from '../../questions/item.js';
import { standingAt, underRulings, type Ruling, type RulingTerms } from './rulings.js';

/** A ruling as it was made: the terms, and why. */
export interface MadeRuling extends Ruling {
  readonly reason: string;
}

/** A quiz as it is graded, and the newest ruling that had a say in it; null when there was none. */
export interface RuledQuiz {
  readonly quiz: Quiz;
  readonly seen: number | null;
  readonly standing: ReadonlyMap<string, MadeRuling>;
}

/**
 * Held by whoever grades, to the end of the transaction: no ruling comes into force while somebody's attempt is being
 * graded without it. (SQLite has one writer anyway.)
 */
export const shareRulings = (): Promise<void> => lock('pg_advisory_xact_lock_shared');

/** Held by whoever rules: nobody's attempt is between grading and commit, and none begins to be graded. */
export const holdRulings = (): Promise<void> => lock('pg_advisory_xact_lock');

async function lock(how: string): Promise<void> {
  if (database().dialect === 'postgres') await rows(`select ${how}(${LOCKS.rulings})`);
}

type Row = Omit<MadeRuling, 'answers'> & { answers: string };

/** Everything that was ever ruled on the questions of a quiz, oldest first. One indexed read, mostly of nothing. */
export async function rulingsOn(courseSlug: string, quiz: string): Promise<MadeRuling[]> {
  const found = await rows<Row>(
    `select number, item_id as "itemId", kind, from_version as "fromVersion", to_version as "toVersion",
       key_version as "keyVersion", answers, reason, created_at as "createdAt"
     from item_rulings where course_slug = $1 and quiz = $2 order by number`,
    [courseSlug, quiz],
  );
  return found.map(ruling => ({ ...ruling, answers: JSON.parse(ruling.answers) as Answer[] }));
}

/**
 * The quiz of a course version under the rulings up to the number `upTo`, or all there are. Without `upTo` it is how an
 * attempt that is handed in now is graded; with it, how an attempt was graded that had seen so many.
 */
export async function ruledQuiz(
  quiz: Quiz,
  courseVersionId: string,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<RuledQuiz> {
  const { slug, number } = await courseVersion(courseVersionId);
  const known = (await rulingsOn(slug, quiz.name)).filter(ruling => ruling.number <= upTo);
  const standing = standingAt(known, number);
  return {
    quiz: underRulings(quiz, standing, await wordingsBy(slug, quiz.name, standing)),
    seen: known.at(-1)?.number ?? null,
    standing,
  };
}

/** Where the wordings are found that rulings grade with. */
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
