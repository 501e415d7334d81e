import { courseVersion } from '../courses/catalogue.js';
import { insertOnce, row, rows } from '../db/rows.js';
import { as, sql } from '../db/sql.js';
import { nullable, text } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { isComplete, lessonKey, type Progress } from './completion.js';
import { findCycle, type CycleFacts } from './enrolments.js';
import { Cycle, LessonReading, QuizPass } from './tables.js';
import { holdCycle, wasWithdrawn } from './withdrawals.js';

/** What a person has done in a cycle. */
export async function progressOf(cycleId: string): Promise<Progress> {
  const done = await rows(
    sql`select module_slug ${as('module', text())}, lesson_slug ${as('lesson', nullable(text()))}
        from ${LessonReading} where cycle_id = $1
        union all select quiz, null from ${QuizPass} where cycle_id = $1`,
    [cycleId],
  );
  return {
    finished: new Set(
      done.flatMap(({ module, lesson }) => (lesson === null ? [] : [lessonKey(module, lesson)])),
    ),
    passed: new Set(done.flatMap(({ module, lesson }) => (lesson === null ? [module] : []))),
  };
}

/** Was this attempt the pass that completed its cycle? */
export const didComplete = async (attemptId: string): Promise<boolean> =>
  (await row(
    sql`select p.attempt_id from ${QuizPass} p join ${Cycle} c on c.id = p.cycle_id
        where p.attempt_id = $1 and p.passed_at = c.completed_at`,
    [attemptId],
  )) !== null;

/** The learner read a lesson to its end. The first time counts; later ones change nothing. */
export function finishLesson(
  cycle: CycleFacts,
  place: { module: string; lesson: string },
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const { id: cycleId, organisationId, userId } = cycle;
    const payload = { cycleId, moduleSlug: place.module, lessonSlug: place.lesson };
    const isFirst = await insertOnce(LessonReading, { ...payload, organisationId, finishedAt: now });
    if (isFirst) await record('lesson.finished', payload, { actorId: userId, organisationId, now });
  });
}

/** A quiz was passed: keep it, and say so when it was the last thing the course asked for. Twice is once. */
export function recordPass(
  passed: { cycleId: string; quiz: string; attemptId: string; passedAt: number },
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const cycle = await findCycle(passed.cycleId);
    if (!cycle) throw new Error(`There is no cycle ${passed.cycleId}`);
    await holdCycle(cycle.id);
    if (await wasWithdrawn(passed)) return;
    await insertOnce(QuizPass, { ...passed, organisationId: cycle.organisationId });
    await completeIfDone(cycle, passed.passedAt, now);
  });
}

/** Completed at the moment of the last pass, whenever this is written down. */
async function completeIfDone(cycle: CycleFacts, at: number, now: number): Promise<void> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  if (!isComplete(snapshot, await progressOf(cycle.id))) return;
  const first = await row(
    sql`update ${Cycle} set completed_at = $1 where id = $2 and completed_at is null returning id`,
    [at, cycle.id],
  );
  if (!first) return;
  const payload = { cycleId: cycle.id, userId: cycle.userId };
  await record('course.completed', payload, { actorId: null, organisationId: cycle.organisationId, now });
}
