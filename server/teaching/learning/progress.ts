import { insertOnce, row, rows } from '../../platform/db/rows.js';
import { as, sql, type Sql } from '../../platform/db/sql.js';
import { nullable, text } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { isComplete, type Progress } from './completion.js';
import { creditCycle } from './credits/credits.js';
import { holdCycle, type CycleFacts } from './enrolments.js';
import { Cycle, LessonReading, PassWithdrawal, PracticeRun, QuizPass } from './tables.js';
import { takenCourse } from './path/taken-course.js';

/**
 * What was done in a cycle as one text, which is read together with what else a statement asks: lessons as `module/lesson`, quizzes by
 * name, each after its kind.
 */
export const allDoneIn = (cycleId: Sql) => sql`(select string_agg(kind || ' ' || what, ',') from (
    select 'lesson' as kind, module_slug || '/' || lesson_slug as what from ${LessonReading} where cycle_id = ${cycleId}
    union all select 'pass', quiz from ${QuizPass} where cycle_id = ${cycleId}
    union all select 'practice', quiz from ${PracticeRun} where cycle_id = ${cycleId}) d) ${as('done', nullable(text()))}`;

/** The progress that the text of `allDoneIn` tells of. */
export function progressIn(done: string | null): Progress {
  const all = (done?.split(',') ?? []).map(each => each.split(' '));
  const of = (wanted: 'lesson' | 'pass' | 'practice') =>
    new Set(all.flatMap(([kind, what = '']) => (kind === wanted ? [what] : [])));
  return { finished: of('lesson'), passed: of('pass'), practised: of('practice') };
}

const DONE = sql`select ${allDoneIn(sql`$1`)}`;

/** What a person has done in a cycle. */
export const progressOf = async (cycleId: string): Promise<Progress> =>
  progressIn((await row(DONE, [cycleId]))?.done ?? null);

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

/** Of several passes of a quiz the first counts, in whatever order they come; none that was taken back after it was made. */
const KEEP_FIRST = sql`insert into ${QuizPass} (cycle_id, quiz, organisation_id, attempt_id, passed_at)
  select $1, $2, $3, $4, $5
  where not exists (select 1 from ${PassWithdrawal} w
    where w.attempt_id = cast($4 as varchar(36)) and w.withdrawn_at > $5)
  on conflict (cycle_id, quiz) do update
  set attempt_id = excluded.attempt_id, passed_at = excluded.passed_at
  where excluded.passed_at < ${QuizPass}.passed_at`;

/** A quiz was passed: keep it, and say so when it was the last thing the course asked for. Twice is once. */
export function recordPass(
  passed: { cycleId: string; quiz: string; attemptId: string; passedAt: number },
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const cycle = await holdCycle(passed.cycleId);
    if (!cycle) throw new Error(`There is no cycle ${passed.cycleId}`);
    const { quiz, attemptId, passedAt } = passed;
    await rows(KEEP_FIRST, [cycle.id, quiz, cycle.organisationId, attemptId, passedAt]);
    await completeIfDone(cycle, passed.passedAt, now);
  });
}

const KEEP_PRACTICE = sql`insert into ${PracticeRun} (cycle_id, quiz, organisation_id, attempt_id, taken_at)
  select c.id, $2, c.organisation_id, $3, $4 from ${Cycle} c where c.id = $1 on conflict do nothing`;

/** A practice quiz was taken: its step in the course is done, whatever came of it. The first time counts. */
export function recordPractice({
  cycleId,
  quiz,
  attemptId,
  takenAt,
}: {
  cycleId: string;
  quiz: string;
  attemptId: string;
  takenAt: number;
}): Promise<unknown> {
  return inTransaction(() => rows(KEEP_PRACTICE, [cycleId, quiz, attemptId, takenAt]));
}

/** Completed at the moment of the last pass, whenever this is recorded. */
async function completeIfDone(cycle: CycleFacts, at: number, now: number): Promise<void> {
  const { snapshot } = await takenCourse(cycle);
  if (!isComplete(snapshot, await progressOf(cycle.id))) return;
  const first = await row(
    sql`update ${Cycle} set completed_at = $1, is_credited = true where id = $2 and completed_at is null returning id`,
    [at, cycle.id],
  );
  if (!first) return;
  await creditCycle({ ...cycle, completedAt: at }, now);
  const payload = { cycleId: cycle.id, userId: cycle.userId };
  await record('course.completed', payload, { actorId: null, organisationId: cycle.organisationId, now });
}
