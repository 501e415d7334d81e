import { courseByNumber } from '../../../courses/catalogue.js';
import { parseInteger } from '../../../../platform/lib/numbers.js';
import { isCase, quizOf } from '../../quiz.js';
import { rulingsOn, type MadeRuling } from './active-rulings.js';
import { wordingsOf } from './item-versions.js';
import type { ItemWording } from './proposals.js';
import { rulingsInForce } from './rulings.js';

/** A question as one course version asks it in one quiz, and the rulings on it. */
export interface AskedQuestion {
  readonly courseSlug: string;
  readonly course: string;
  readonly version: number;
  readonly quiz: string;
  readonly quizTitle: string;
  readonly itemId: string;
  readonly wordings: readonly ItemWording[];
  readonly asked: ItemWording;
  /** Newest first. */
  readonly rulings: readonly MadeRuling[];
  /** The ruling in force for this version. */
  readonly standing: MadeRuling | null;
}

/** What a course may be called; nothing else reaches a query. */
const SLUG = /^[a-z0-9-]{1,80}$/;

/** The question that an address names; null for a course, version, quiz or question that does not exist, and for a case. */
export async function askedQuestion(named: {
  course: string;
  version: string;
  quiz: string;
  item: string;
}): Promise<AskedQuestion | null> {
  const version = parseInteger(named.version, { min: 1, max: 1_000_000 });
  if (version === null || !SLUG.test(named.course)) return null;
  const course = await courseByNumber(named.course, version);
  const quiz = course && quizOf(course.snapshot, named.quiz);
  if (!quiz || isCase(quiz, { itemId: named.item })) return null;
  const { slug: courseSlug, snapshot } = course;
  const names = { courseSlug, course: snapshot.title, quiz: quiz.name, quizTitle: quiz.title };
  return withRulings({ ...names, version, itemId: named.item });
}

async function withRulings(
  names: Pick<AskedQuestion, 'courseSlug' | 'course' | 'version' | 'quiz' | 'quizTitle' | 'itemId'>,
): Promise<AskedQuestion | null> {
  const { courseSlug, version, quiz, itemId } = names;
  const wordings = await wordingsOf(courseSlug, quiz, itemId);
  const asked = wordings.find(each => each.version === version);
  if (!asked) return null;
  const made = await rulingsOn(courseSlug, quiz);
  const rulings = made.filter(ruling => ruling.itemId === itemId).toReversed();
  const standing = rulingsInForce(made, version).get(itemId) ?? null;
  return { ...names, wordings, asked, rulings, standing };
}
