import { courseVersion, currentCourses } from '../../../courses/catalogue.js';
import type { CourseSnapshot } from '../../../content/snapshot.js';
import { CourseVersion } from '../../../courses/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { FINAL } from '../../../learning/completion.js';
import { quizOf } from '../../quiz.js';
import { sameWording, type ItemWording } from './proposals.js';
import type { Item } from '../../../questions/item.js';

const VERSIONS = sql`select ${columns(CourseVersion, 'v', 'id', 'number')}
  from ${CourseVersion} v where v.course_slug = $1 order by v.number`;

/** A question as every version of a course has it in one quiz, oldest first; versions without it are skipped. */
export async function wordingsOf(courseSlug: string, quiz: string, itemId: string): Promise<ItemWording[]> {
  const found: ItemWording[] = [];
  for (const { id, number } of await rows(VERSIONS, [courseSlug])) {
    const { snapshot } = await courseVersion(id);
    const item = quizOf(snapshot, quiz)?.items.find(each => each.id === itemId);
    if (item) found.push({ version: number, item });
  }
  return found;
}

/** A quiz of a current course that asks a question. */
export interface Asking {
  readonly courseSlug: string;
  readonly course: string;
  readonly version: number;
  readonly quiz: string;
  readonly title: string;
  readonly item: Item;
}

/** Every quiz of the current courses that has a question of this id. */
export async function askedIn(itemId: string): Promise<Asking[]> {
  const courses = await currentCourses();
  return courses.flatMap(({ slug: courseSlug, number: version, snapshot }) =>
    quizNames(snapshot).flatMap(quiz => {
      const asked = quizOf(snapshot, quiz);
      const item = asked?.items.find(({ id }) => id === itemId);
      return asked && item
        ? [{ courseSlug, course: snapshot.title, version, quiz, title: asked.title, item }]
        : [];
    }),
  );
}

/** Other quizzes of the current courses that ask it in the same words: each needs a ruling of its own. */
export const askedElsewhere = async (
  item: Item,
  except: { courseSlug: string; quiz: string },
): Promise<Asking[]> =>
  (await askedIn(item.id)).filter(
    asking =>
      (asking.courseSlug !== except.courseSlug || asking.quiz !== except.quiz) &&
      sameWording(asking.item, item),
  );

const quizNames = ({ modules, final }: CourseSnapshot): string[] => [
  ...modules.map(({ slug }) => slug),
  ...(final ? [FINAL] : []),
];
