import { courseVersion } from '../courses/catalogue.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { isComplete, lessonKey, type Progress } from './completion.js';
import { findCycle, type CycleFacts } from './enrolments.js';
import { holdRound, wasWithdrawn } from './withdrawals.js';

/** What a person has done in a round. */
export async function progressOf(cycleId: string): Promise<Progress> {
  const done = await rows<{ module: string; lesson: string | null }>(
    `select module_slug as module, lesson_slug as lesson from lesson_readings
     where cycle_id = $1
     union all select quiz, null from quiz_passes where cycle_id = $1`,
    [cycleId],
  );
  return {
    finished: new Set(
      done.flatMap(({ module, lesson }) => (lesson === null ? [] : [lessonKey(module, lesson)])),
    ),
    passed: new Set(done.flatMap(({ module, lesson }) => (lesson === null ? [module] : []))),
  };
}

/** Was this attempt the pass that completed its round? */
export const didComplete = async (attemptId: string): Promise<boolean> =>
  (await row(
    `select p.attempt_id from quiz_passes p join cycles c on c.id = p.cycle_id
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
    const [first] = await rows(
      `insert into lesson_readings (cycle_id, organisation_id, module_slug, lesson_slug, finished_at)
       values ($1, $2, $3, $4, $5)
       on conflict (cycle_id, module_slug, lesson_slug) do nothing returning lesson_slug`,
      [cycle.id, cycle.organisationId, place.module, place.lesson, now],
    );
    if (!first) return;
    const payload = { cycleId: cycle.id, moduleSlug: place.module, lessonSlug: place.lesson };
    await record('lesson.finished', payload, {
      actorId: cycle.userId,
      organisationId: cycle.organisationId,
      now,
    });
  });
}

/** A quiz was passed: keep it, and say so when it was the last thing the course asked for. Twice is once. */
export function recordPass(
  passed: { cycleId: string; quiz: string; attemptId: string; passedAt: number },
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const cycle = await findCycle(passed.cycleId);
    if (!cycle) throw new Error(`There is no round ${passed.cycleId}`);
    await holdRound(cycle.id);
    if (await wasWithdrawn(passed)) return;
    await rows(
      `insert into quiz_passes (cycle_id, organisation_id, quiz, attempt_id, passed_at) values ($1, $2, $3, $4, $5)
       on conflict (cycle_id, quiz) do nothing`,
      [cycle.id, cycle.organisationId, passed.quiz, passed.attemptId, passed.passedAt],
    );
    await completeIfDone(cycle, passed.passedAt, now);
  });
}

/** Completed at the moment of the last pass, whenever this is written down. */
async function completeIfDone(cycle: CycleFacts, at: number, now: number): Promise<void> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  if (!isComplete(snapshot, await progressOf(cycle.id))) return;
  const first = await row(
    'update cycles set completed_at = $1 where id = $2 and completed_at is null returning id',
    [at, cycle.id],
  );
  if (!first) return;
  const payload = { cycleId: cycle.id, userId: cycle.userId };
  await record('course.completed', payload, { actorId: null, organisationId: cycle.organisationId, now });
}
