import { insertOnce, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { voidCredit } from './credits/voids.js';
import { holdCycle } from './enrolments.js';
import { Cycle, PassWithdrawal, QuizPass } from './tables.js';

/** A pass that does not hold any more. `cause` names what withdrew it, once for each attempt. */
export interface Withdrawal {
  readonly attemptId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly quiz: string;
  readonly cause: string;
  /** Another attempt that passed the quiz in the same cycle: the quiz stays passed, by that one. */
  readonly insteadOf: { readonly attemptId: string; readonly passedAt: number } | null;
}

/**
 * Withdraw what an attempt counted for. The withdrawal is a row that stays, and holds when the quiz had been passed. The
 * quiz is open again, and a course that was complete is not: `course.reopened` says so. A later pass counts as any
 * other. Twice is once. Runs in the caller's transaction, or one of its own.
 */
export function withdrawPass(
  pass: Withdrawal,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const { attemptId, organisationId, cycleId, quiz, cause } = pass;
    await holdCycle(cycleId);
    const held = await row(
      sql`select ${columns(QuizPass, 'p', 'passedAt')} from ${QuizPass} p
          where cycle_id = $1 and quiz = $2 and attempt_id = $3`,
      [cycleId, quiz, attemptId],
    );
    const passedAt = held?.passedAt ?? null;
    const withdrawal = {
      attemptId,
      cause,
      organisationId,
      cycleId,
      quiz,
      passedAt,
      actorId,
      withdrawnAt: now,
    };
    const isFirst = await insertOnce(PassWithdrawal, withdrawal);
    if (!isFirst || !held) return;
    if (pass.insteadOf) return replace(pass, pass.insteadOf);
    await rows(sql`delete from ${QuizPass} where cycle_id = $1 and quiz = $2`, [cycleId, quiz]);
    await reopen(pass, { actorId, now });
  });
}

const replace = async (
  { cycleId, quiz }: Withdrawal,
  other: NonNullable<Withdrawal['insteadOf']>,
): Promise<void> =>
  void (await rows(
    sql`update ${QuizPass} set attempt_id = $1, passed_at = $2 where cycle_id = $3 and quiz = $4`,
    [other.attemptId, other.passedAt, cycleId, quiz],
  ));

async function reopen(
  { cycleId, organisationId, userId }: Withdrawal,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  const [reopened] = await rows(
    sql`update ${Cycle} set completed_at = null where id = $1 and completed_at is not null returning id`,
    [cycleId],
  );
  if (!reopened) return;
  await voidCredit({ cycleId, because: 'reopened' }, { actorId, now });
  await record('course.reopened', { cycleId, userId }, { actorId, organisationId, now });
}
