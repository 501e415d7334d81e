import { row, rows } from '../../db/rows.js';
import { inTransaction, toHold } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import type { RecordedEvent } from '../../events/event-payloads.js';
import { enqueue } from '../../events/enqueue.js';
import { retryAll } from '../../events/job-decisions.js';
import { failingEvents } from '../../events/job-events.js';
import { record } from '../../events/record.js';
import { withdrawPass } from '../../learning/withdrawals.js';
import { courseVersion } from '../../courses/catalogue.js';
import { quizOf } from '../quiz.js';
import { dryRun, type DryRun } from './dry-run.js';
import { findRegrade, progressOfRegrade, type Regrade } from './queries.js';
import { handedInById, type HandedIn } from './submitted-attempts.js';
import type { Change } from './impact.js';
import { ruledQuiz } from './active-rulings.js';

/** Attempts that one job regrades before it makes room for others and goes on as the next job. */
const SLICE = 100;

/** The name of the reaction that carries a regrade out; the jobs that go on with it have the same name. */
export const REGRADE_JOB = 'quizzes.regrade';

/** A line of a preview: what is to become of one attempt. */
interface Line {
  readonly attemptId: string;
  readonly change: Exclude<Change, 'same'>;
  readonly pointsBefore: number;
  readonly rightBefore: number;
  readonly pointsAfter: number;
  readonly rightAfter: number;
}

/**
 * Carry out what was confirmed: a slice of the lines, each attempt in a transaction of its own, and a job for the rest.
 * Whatever dies in between, the next try goes on with the lines that are not done; a line that is done is not done
 * again. An attempt that is not as it was previewed any more does not hold up the others: it is told at the end, and
 * tried again as long as the job is. `seq` is the event that the job came from.
 */
export async function applyRegrade(regradeId: string, seq: number, now: number): Promise<void> {
  const regrade = await findRegrade(regradeId);
  if (regrade?.state !== 'running') return;
  const lines = await openLines(regradeId);
  const problems: unknown[] = [];
  for (const line of lines) {
    try {
      await applyLine(regrade, line, now);
    } catch (problem) {
      problems.push(problem);
    }
  }
  const hasMore = lines.length === SLICE && problems.length < SLICE;
  if (problems.length > 0 && !hasMore)
    throw new AggregateError(problems, `${problems.length} attempts could not be regraded`);
  const by = { actorId: regrade.confirmedBy, now };
  await inTransaction(() => (hasMore ? goOn(regradeId, seq, now) : finish(regrade, by)));
}

/** After so many tries, which take about half a minute, a person is told that some results do not change. */
const A_FEW_TRIES = 5;

/** Does the work on a regrade fail again and again? Then it needs a person, and its quiz waits with it. */
export async function isStopped({ id, state }: Pick<Regrade, 'id' | 'state'>): Promise<boolean> {
  if (state !== 'running') return false;
  const failing = (await failingEvents(REGRADE_JOB, A_FEW_TRIES)) as RecordedEvent<'item.ruled'>[];
  return failing.some(({ payload }) => payload.regradeId === id);
}

/** Try again now what fails. */
export const resumeRegrades = (now: number): Promise<void> => retryAll(REGRADE_JOB, now);

/**
 * End a regrade that does not go on: the lines that are not done stay undone, and a new preview of the ruling finds
 * their attempts again. Throws Conflict where it does go on.
 */
export function endRegrade(regrade: Regrade, by: { actorId: string; now: number }): Promise<void> {
  return inTransaction(async () => {
    if (!(await isStopped(regrade))) throw new Conflict('This regrade is not stopped');
    await finish(regrade, by);
    // Its job finds nothing to do, and nobody is warned of it any more.
    await resumeRegrades(by.now);
  });
}

const openLines = (regradeId: string): Promise<Line[]> =>
  rows<Line>(
    `select l.attempt_id as "attemptId", l.change, l.points_before as "pointsBefore", l.right_before as "rightBefore",
       l.points_after as "pointsAfter", l.right_after as "rightAfter"
     from regrade_lines l where l.regrade_id = $1 and not exists
       (select 1 from attempt_regrades r where r.attempt_id = l.attempt_id and r.regrade_id = l.regrade_id)
     order by l.attempt_id limit ${SLICE}`,
    [regradeId],
  );

async function goOn(regradeId: string, seq: number, now: number): Promise<void> {
  const { done } = await progressOfRegrade(regradeId);
  const dedupeKey = `${REGRADE_JOB}:${regradeId}:${done}`;
  await enqueue({ reaction: REGRADE_JOB, eventSeq: seq, lane: 'bulk', dedupeKey, now });
}

async function finish(
  { id, ruling }: Regrade,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> {
  const [first] = await rows(
    `update regrades set state = 'done', finished_at = $1 where id = $2 and state = 'running' returning id`,
    [now, id],
  );
  if (!first) return;
  const { done } = await progressOfRegrade(id);
  const payload = { regradeId: id, ruling: ruling ?? 0, attempts: done };
  await record('regrade.finished', payload, { actorId, organisationId: null, now });
}

/** One attempt: all that is written of it is kept together, or none. */
function applyLine(regrade: Regrade, line: Line, now: number): Promise<void> {
  return inTransaction(async () => {
    const [stored] = await rows<{ result: string | null }>(
      `select result from attempts where id = $1${toHold().text}`,
      [line.attemptId],
    );
    if (await isDone(regrade, line)) return;
    const attempt = await handedInById(line.attemptId);
    if (!attempt) throw new Error(`Attempt ${line.attemptId} is gone`);
    const run = await runOf(regrade, attempt);
    refuseOther(line, run);
    const after = line.change === 'kept' ? run.before : run.found;
    await rows(
      `insert into attempt_regrades (attempt_id, regrade_id, organisation_id, change, before, after, regraded_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        attempt.id,
        regrade.id,
        attempt.organisationId,
        line.change,
        JSON.stringify({ ...run.before, slots: JSON.parse(stored?.result ?? '[]') as unknown }),
        JSON.stringify({ ...after, ...(line.change === 'kept' ? {} : { slots: run.slots }) }),
        now,
      ],
    );
    if (line.change !== 'kept') await change(regrade, attempt, run, now);
  });
}

const isDone = async ({ id }: Regrade, { attemptId }: Line): Promise<boolean> =>
  (await row('select 1 as found from attempt_regrades where attempt_id = $1 and regrade_id = $2', [
    attemptId,
    id,
  ])) !== null;

/** Graded with the rulings up to this one, whatever was ruled since. */
async function runOf(regrade: Regrade, attempt: HandedIn): Promise<DryRun> {
  const { snapshot } = await courseVersion(attempt.courseVersionId);
  const quiz = quizOf(snapshot, attempt.quiz);
  if (!quiz) throw new Error(`Course version ${attempt.courseVersionId} has no quiz ${attempt.quiz}`);
  const ruled = await ruledQuiz(quiz, attempt.courseVersionId, regrade.ruling ?? 0);
  return dryRun(attempt, ruled.quiz, { withdraw: regrade.withdrawalReason !== null });
}

function refuseOther(line: Line, { change, before, found }: DryRun): void {
  const isAsPreviewed =
    change === line.change &&
    before.points === line.pointsBefore &&
    before.right === line.rightBefore &&
    found.points === line.pointsAfter &&
    found.right === line.rightAfter;
  if (!isAsPreviewed) throw new Error(`Attempt ${line.attemptId} is not as it was previewed`);
}

async function change(
  regrade: Regrade,
  attempt: HandedIn,
  { change, found, slots }: DryRun,
  now: number,
): Promise<void> {
  await rows(
    `update attempts set points = $1, max_points = $2, right_answers = $3, passed = $4, result = $5, rulings_seen = $6
     where id = $7`,
    [
      found.points,
      found.maxPoints,
      found.right,
      found.passed,
      JSON.stringify(slots),
      regrade.ruling,
      attempt.id,
    ],
  );
  const { id: attemptId, cycleId, userId, organisationId, quiz } = attempt;
  const circumstances = { actorId: regrade.confirmedBy, organisationId, now };
  const what = { attemptId, cycleId, userId, regradeId: regrade.id, change };
  if (change === 'withdrawn') await withdraw(regrade, attempt, now);
  await record('attempt.regraded', { ...what, points: found.points, passed: found.passed }, circumstances);
  if (change === 'passed')
    await record('quiz.passed', { attemptId, cycleId, quiz, passedAt: now }, circumstances);
}

async function withdraw(regrade: Regrade, attempt: HandedIn, now: number): Promise<void> {
  const { id: attemptId, cycleId, userId, organisationId, quiz } = attempt;
  const insteadOf = await row<{ attemptId: string; passedAt: number }>(
    `select id as "attemptId", submitted_at as "passedAt" from attempts
     where cycle_id = $1 and quiz = $2 and id <> $3 and passed order by number limit 1`,
    [cycleId, quiz, attemptId],
  );
  const pass = {
    attemptId,
    cycleId,
    userId,
    organisationId,
    quiz,
    cause: `regrade:${regrade.id}`,
    insteadOf,
  };
  await withdrawPass(pass, { actorId: regrade.confirmedBy ?? userId, now });
}
