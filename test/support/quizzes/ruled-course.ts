import type { Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import {
  courseVersion,
  forgetCatalogue,
  type PublishedCourse,
} from '../../../server/teaching/courses/catalogue.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { enrol, type CycleFacts } from '../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { sha256 } from '../../../server/platform/lib/tokens.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { quizOf } from '../../../server/teaching/quizzes/quiz.js';
import type { Item, OptionItem } from '../../../server/teaching/questions/item.js';
import type { Place } from './made-up-attempts.js';
import { course, MODULE, readLessons } from '../walk.js';
import { rightAnswer, wrongAnswer } from '../answers.js';
import { write } from '../rows.js';

/** A course of one module with three questions, two of which pass; the first has another key in the next version. */
export interface RuledCourse extends Place {
  readonly version: number;
  /** The version with the corrected key. */
  readonly mended: number;
  readonly published: PublishedCourse;
  /** The question that is ruled on, and the two others. */
  readonly ruled: OptionItem;
  readonly others: readonly [Item, Item];
}

/**
 * Published for a moment: the version that is current follows it again at once, so that nobody else begins with it.
 * Rulings on it name its versions alone and touch nobody else.
 */
export async function ruledCourse({
  critical = false,
}: { critical?: Item['critical'] } = {}): Promise<RuledCourse> {
  const { slug, number, snapshot } = await course();
  const module = snapshot.modules.find(each => each.slug === MODULE);
  const [first, ...rest] = (module?.quiz.items ?? []).filter(
    item => item.type === 'single' && item.critical === false,
  ) as OptionItem[];
  const [second, third] = rest;
  if (!module || !first || !second || !third) throw new Error('The bank is too small');
  const ruled = { ...first, critical } as OptionItem;
  const versionWith = (item: OptionItem) => {
    const quiz = { draw: 3, pass: 2, minCritical: 0, items: [item, second, third] };
    return JSON.stringify({ ...snapshot, modules: [{ ...module, quiz }], final: null });
  };
  const versionId = newId();
  await inTransaction(async () => {
    await publish(versionId, slug, number + 1, versionWith(ruled));
    await publish(newId(), slug, number + 2, versionWith({ ...ruled, key: [otherOption(ruled)] }));
    await publish(newId(), slug, number + 3, JSON.stringify(snapshot));
  });
  forgetCatalogue();
  const published = await courseVersion(versionId);
  const quiz = quizOf(published.snapshot, MODULE) as Quiz;
  const { id: organisation } = await openOrganisation();
  return {
    organisation,
    courseSlug: slug,
    versionId,
    quiz,
    version: number + 1,
    mended: number + 2,
    published,
    ruled,
    others: [second, third],
  };
}

/** The first option that the key does not name. */
export const otherOption = ({ options, key }: OptionItem): string =>
  options.find(({ id }) => !key.includes(id))?.id ?? 'none';

/** Somebody's round in it, with the lessons read. */
export async function roundIn(place: RuledCourse, { id: userId }: { id: string }): Promise<CycleFacts> {
  const { organisation: organisationId, published } = place;
  const cycle = await enrol({ userId, organisationId, course: published, now: Date.now() });
  await readLessons(cycle);
  return cycle;
}

/** Answers that are right for the questions named and wrong for all others; the ruled one takes the mended key. */
export const knowing =
  (place: RuledCourse, ...known: readonly Item[]) =>
  (item: Item) => {
    if (known.some(({ id }) => id === item.id)) return rightAnswer(item);
    return item.id === place.ruled.id ? { choice: otherOption(place.ruled) } : wrongAnswer(item);
  };

const publish = (id: string, slug: string, number: number, content: string) =>
  write(
    `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, slug, number, sha256(content), content, Date.now()],
  );
