import { row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { Conflict } from '../../../../errors.js';
import type { RecordedEvent } from '../../../../platform/events/event-payloads.js';
import { enqueue } from '../../../../platform/events/jobs/enqueue.js';
import { retryAll } from '../../../../platform/events/jobs/job-decisions.js';
import { failingEvents } from '../../../../platform/events/jobs/job-events.js';
import { record } from '../../../../platform/events/record.js';
import { applyLine, type PreviewedLine } from './apply-line.js';
import { findRegrade, progressOfRegrade, type RegradeFacts } from '../regrades.js';
import { AttemptRegrade, Regrade, RegradeLine } from '../tables.js';

/** How many attempts one job regrades before it makes room for others and continues as the next job. */
const SLICE = 100;

/** The name of the reaction that carries out a regrade; the jobs that continue it have the same name. */
const REGRADE_JOB = 'quizzes.regrade';

/**
 * Carry out a confirmed regrade: a slice of its lines, each attempt in a transaction of its own, and a job for the rest.
 * If the process dies in between, the retry continues with the lines that are not done; a line is done once. An attempt
 * that is no longer as it was previewed does not hold up the others: it is reported at the end, and retried as long as
 * the job is. `eventId` is the event that the job came from.
 */
export async function applyRegrade(regradeId: string, eventId: string, now: number): Promise<void> {
  const regrade = await findRegrade(regradeId);
  if (regrade?.state !== 'running') return;
  const lines = await rows(OPEN_LINES, [regradeId]);
  const problems = await applyLines(regrade, lines, now);
  const hasMore = lines.length === SLICE && problems.length < SLICE;
  if (problems.length > 0 && !hasMore)
    throw new AggregateError(problems, `${problems.length} attempts could not be regraded`);
  const by = { actorId: regrade.confirmedBy, now };
  await inTransaction(() => (hasMore ? enqueueRest(regradeId, eventId, now) : finish(regrade, by)));
}

const OPEN_LINES = sql`select ${columns(
  RegradeLine,
  'l',
  'attemptId',
  'change',
  'pointsBefore',
  'rightBefore',
  'pointsAfter',
  'rightAfter',
)} from ${RegradeLine} l where l.regrade_id = $1 and not exists
    (select 1 from ${AttemptRegrade} r where r.attempt_id = l.attempt_id and r.regrade_id = l.regrade_id)
  order by l.attempt_id limit ${SLICE}`;

/** Returns what went wrong, a fault for each line that could not be applied. */
async function applyLines(
  regrade: RegradeFacts,
  lines: readonly PreviewedLine[],
  now: number,
): Promise<unknown[]> {
  const problems: unknown[] = [];
  for (const line of lines) {
    try {
      await applyLine(regrade, line, now);
    } catch (problem) {
      problems.push(problem);
    }
  }
  return problems;
}

async function enqueueRest(regradeId: string, eventId: string, now: number): Promise<void> {
  const { done } = await progressOfRegrade(regradeId);
  const dedupeKey = `${REGRADE_JOB}:${regradeId}:${done}`;
  await enqueue({ reaction: REGRADE_JOB, eventId, lane: 'bulk', dedupeKey, now });
}

const FINISH = sql`update ${Regrade} set state = 'done', finished_at = $1
  where id = $2 and state = 'running' returning id`;

async function finish(
  { id, ruling }: RegradeFacts,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> {
  if (!(await row(FINISH, [now, id]))) return;
  const { done } = await progressOfRegrade(id);
  const payload = { regradeId: id, ruling: ruling ?? 0, attempts: done };
  await record('regrade.finished', payload, { actorId, organisationId: null, now });
}

/** After so many attempts at the job, about half a minute, a person is told that some results do not change. */
const A_FEW_TRIES = 5;

/** Does the job of a regrade fail again and again? Then it needs a person, and no other regrade of its quiz can start. */
export async function isStopped({ id, state }: Pick<RegradeFacts, 'id' | 'state'>): Promise<boolean> {
  if (state !== 'running') return false;
  const failing = (await failingEvents([REGRADE_JOB], A_FEW_TRIES)) as RecordedEvent<'item.ruled'>[];
  return failing.some(({ payload }) => payload.regradeId === id);
}

/** Retry now what fails. */
export const resumeRegrades = (now: number): Promise<void> => retryAll(REGRADE_JOB, now);

/**
 * End a stopped regrade: the lines that are not done stay undone, and a new preview of the ruling finds their attempts
 * again. Throws Conflict where it is not stopped.
 */
export function endRegrade(regrade: RegradeFacts, by: { actorId: string; now: number }): Promise<void> {
  return inTransaction(async () => {
    if (!(await isStopped(regrade))) throw new Conflict('This regrade is not stopped');
    await finish(regrade, by);
    // Its job finds nothing to do, and the warning about it ends.
    await resumeRegrades(by.now);
  });
}
