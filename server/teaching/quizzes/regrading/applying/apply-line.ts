import { courseVersion } from '../../../courses/catalogue.js';
import { insert, row } from '../../../../platform/db/rows.js';
import { columns, notNull, renamed, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { recordPass } from '../../../learning/progress.js';
import { withdrawPass } from '../../../learning/withdrawals.js';
import { countAgain } from '../../../../platform/sums/uncounted.js';
import { QUIZZES } from '../../item-analysis/kept/sum-names.js';
import { quizOf } from '../../quiz.js';
import { Attempt } from '../../tables.js';
import { ruledQuiz } from '../ruling/active-rulings.js';
import { dryRun, isChanging, type ChangingRun } from '../preview/dry-run.js';
import type { RegradeFacts } from '../regrades.js';
import { findSubmitted, type SubmittedAttempt } from '../preview/submitted-attempts.js';
import { AttemptRegrade, type RegradeLine } from '../tables.js';

/** A line of a preview: what is to become of one attempt. */
export type PreviewedLine = Pick<
  Row<typeof RegradeLine>,
  'attemptId' | 'change' | 'pointsBefore' | 'rightBefore' | 'pointsAfter' | 'rightAfter'
>;

const STORED = sql`select ${columns(Attempt, 'a', 'result')} from ${Attempt} a where a.id = $1`;
const DONE = sql`select 1 as found from ${AttemptRegrade} where attempt_id = $1 and regrade_id = $2`;

/**
 * Regrade one attempt in one transaction; twice is once. Throws Error, and changes nothing, where the attempt is not as it
 * was previewed.
 */
export function applyLine(regrade: RegradeFacts, line: PreviewedLine, now: number): Promise<void> {
  return inTransaction(async () => {
    const stored = await row(sql`${STORED}${toHold()}`, [line.attemptId]);
    if (await row(DONE, [line.attemptId, regrade.id])) return;
    const attempt = await findSubmitted(line.attemptId);
    if (!attempt) throw new Error(`Attempt ${line.attemptId} is gone`);
    const run = await runOf(regrade, attempt, line);
    await keepRecord(regrade, attempt, run, { slotsBefore: stored?.result ?? '[]', now });
    if (run.change === 'kept') return;
    await countAgain(QUIZZES, attempt.id, stored?.result ?? '');
    await change(regrade, attempt, run, now);
  });
}

/** Graded under the rulings up to this one, whatever was ruled since. */
async function runOf(
  regrade: RegradeFacts,
  attempt: SubmittedAttempt,
  line: PreviewedLine,
): Promise<ChangingRun> {
  const { snapshot } = await courseVersion(attempt.courseVersionId);
  const quiz = quizOf(snapshot, attempt.quiz);
  if (!quiz) throw new Error(`Course version ${attempt.courseVersionId} has no quiz ${attempt.quiz}`);
  const ruled = await ruledQuiz(quiz, attempt.courseVersionId, regrade.ruling ?? 0);
  const run = dryRun(attempt, ruled.quiz, { withdraw: regrade.withdrawalReason !== null });
  if (!isChanging(run) || !isAsPreviewed(line, run))
    throw new Error(`Attempt ${line.attemptId} is not as it was previewed`);
  return run;
}

const isAsPreviewed = (line: PreviewedLine, { change, before, found }: ChangingRun): boolean =>
  change === line.change &&
  before.points === line.pointsBefore &&
  before.right === line.rightBefore &&
  found.points === line.pointsAfter &&
  found.right === line.rightAfter;

function keepRecord(
  { id: regradeId }: RegradeFacts,
  { id: attemptId, organisationId }: SubmittedAttempt,
  { change, before, found, slots }: ChangingRun,
  { slotsBefore, now }: { slotsBefore: string; now: number },
): Promise<void> {
  return insert(AttemptRegrade, {
    attemptId,
    regradeId,
    organisationId,
    change,
    before: JSON.stringify({ ...before, slots: JSON.parse(slotsBefore) as unknown }),
    after: JSON.stringify(change === 'kept' ? before : { ...found, slots }),
    regradedAt: now,
  });
}

const CHANGE = sql`update ${Attempt} set points = $1, max_points = $2, right_answers = $3, passed = $4, result = $5,
    rulings_seen = $6
  where id = $7`;

async function change(
  { id: regradeId, ruling, confirmedBy: actorId }: RegradeFacts,
  attempt: SubmittedAttempt,
  { change, found: { points, maxPoints, right, passed }, slots }: ChangingRun,
  now: number,
): Promise<void> {
  const { id: attemptId, cycleId, userId, organisationId, quiz } = attempt;
  await row(CHANGE, [points, maxPoints, right, passed, JSON.stringify(slots), ruling, attemptId]);
  if (change === 'withdrawn') await withdraw(attempt, regradeId, { actorId: actorId ?? userId, now });
  const circumstances = { actorId, organisationId, now };
  const regraded = { attemptId, cycleId, userId, regradeId, change, points, passed };
  await record('attempt.regraded', regraded, circumstances);
  if (change !== 'passed') return;
  const pass = { attemptId, cycleId, quiz, passedAt: now };
  await record('quiz.passed', pass, circumstances);
  await recordPass(pass, now);
}

const OTHER_PASS = sql`select ${renamed(Attempt, 'a', { attemptId: 'id' })}, ${notNull(renamed(Attempt, 'a', { passedAt: 'submittedAt' }))}
  from ${Attempt} a where a.cycle_id = $1 and a.quiz = $2 and a.id <> $3 and a.passed order by a.number limit 1`;

async function withdraw(
  { id: attemptId, cycleId, userId, organisationId, quiz }: SubmittedAttempt,
  regradeId: string,
  by: { actorId: string; now: number },
): Promise<void> {
  const insteadOf = await row(OTHER_PASS, [cycleId, quiz, attemptId]);
  const pass = { attemptId, cycleId, userId, organisationId, quiz };
  await withdrawPass({ ...pass, cause: `regrade:${regradeId}`, insteadOf }, by);
}
