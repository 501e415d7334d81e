import { currentCourse, courseVersion, type PublishedCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot, SnapshotLesson } from '../../content/snapshot.js';
import { insertAllOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { lessonKey, requiredLessons, type Progress } from '../completion.js';
import { holdCycle, newestCycle, openNextCycle, type CycleFacts } from '../enrolments.js';
import { LessonReading } from '../tables.js';
import { leaveCycles } from './leave-cycles.js';
import { takenCourse } from './taken-course.js';

/**
 * The current version of a course that somebody is under way in, where it is newer than theirs; null where it is not, and
 * once they completed or left the cycle.
 */
export async function newerVersion(cycle: CycleFacts): Promise<PublishedCourse | null> {
  if (cycle.completedAt !== null || cycle.leftAt !== null) return null;
  const own = await courseVersion(cycle.courseVersionId);
  const current = await currentCourse(own.slug);
  return current && current.number > own.number ? current : null;
}

/**
 * Whether a learner may change versions now: nothing is under way or owed at a quiz. Otherwise the change would be a way around
 * a wait, a safety rule, or the end of the tries.
 */
export const isFree = ({ tried }: Pick<Progress, 'tried'>): boolean =>
  [...(tried?.values() ?? [])].every(({ kind }) => kind === 'again' || kind === 'practised');

/** The lessons that were read and count in the new version, word for word the same; as `module/lesson`. */
export function keptLessons(own: CourseSnapshot, current: CourseSnapshot, progress: Progress): string[] {
  const read = new Map(
    own.modules.flatMap(({ slug, lessons }) =>
      lessons.map(each => [lessonKey(slug, each.name), textOf(each)]),
    ),
  );
  return current.modules.flatMap(module =>
    requiredLessons(module)
      .map(lesson => ({ key: lessonKey(module.slug, lesson.name), text: textOf(lesson) }))
      .filter(({ key, text }) => progress.finished.has(key) && read.get(key) === text)
      .map(({ key }) => key),
  );
}

const textOf = (lesson: SnapshotLesson): string => canonicalJson(lesson);

/**
 * Leave a cycle and go on in the next one, at the current version of the course. The old one is kept as it is; lessons that did
 * not change stay read, quizzes are taken anew. Any number of clicks makes one cycle; returns it. Throws Conflict where
 * there is no newer version.
 */
export function takeNewerVersion(cycle: CycleFacts, progress: Progress, now: number): Promise<CycleFacts> {
  return inTransaction(async () => {
    const held = (await holdCycle(cycle.id)) ?? cycle;
    if (held.leftAt !== null) return (await newestCycle(held.enrolmentId)) ?? held;
    const newer = await newerVersion(held);
    if (!newer) throw new Conflict('There is no newer version to go on with');
    const own = await takenCourse(held);
    await leaveCycles([held], 'newer-version', { actorId: held.userId, now });
    const path = newer.snapshot.renewal ? held.path : 'whole';
    const next = await openNextCycle(held, newer, { because: held.because, path, now });
    const taken = await takenCourse(next);
    await copyReadings(held.id, next, keptLessons(own.snapshot, taken.snapshot, progress));
    return next;
  });
}

/** They keep the moment at which they were read. */
async function copyReadings(fromId: string, to: CycleFacts, kept: readonly string[]): Promise<void> {
  const read = await rows(
    sql`select ${columns(LessonReading, 'r', 'moduleSlug', 'lessonSlug', 'finishedAt')}
        from ${LessonReading} r where r.cycle_id = $1`,
    [fromId],
  );
  const carried = read
    .filter(({ moduleSlug, lessonSlug }) => kept.includes(lessonKey(moduleSlug, lessonSlug)))
    .map(({ finishedAt, ...lesson }) => ({
      cycleId: to.id,
      organisationId: to.organisationId,
      ...lesson,
      finishedAt: Number(finishedAt),
    }));
  for (const part of chunks(carried, 20)) await insertAllOnce(LessonReading, part);
}
