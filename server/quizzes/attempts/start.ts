import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { newId } from '../../lib/ids.js';
import { grantedAttempts } from './extra-attempts.js';
import { standing, timeLimit, type Standing } from './limits.js';
import { attemptsAt, resultOf, type AttemptFacts } from './attempts.js';
import { allowanceOf } from './extra-time.js';
import { newForm, type Quiz } from '../quiz.js';
import { missedRules } from '../remediation/rules.js';
import { workedThrough } from '../remediation/completions.js';

/** Where a learner stands at a quiz before the next attempt; `earlier` are all attempts at it in the round. */
export async function standingAt(
  cycleId: string,
  quiz: Quiz,
  earlier: readonly AttemptFacts[],
  now: number,
): Promise<Standing> {
  return standing({
    policy: quiz.policy,
    attempts: earlier,
    granted: quiz.policy.attempts === null ? 0 : await grantedAttempts(cycleId, quiz.name),
    rules: await rulesLeft(earlier.at(-1), quiz),
    now,
  });
}

/** The never-rules that the last attempt missed and that are not worked through yet. */
async function rulesLeft(last: AttemptFacts | undefined, quiz: Quiz): Promise<string[]> {
  if (last?.passed !== false || quiz.remediated.size === 0) return [];
  const missed = missedRules(await resultOf(last, quiz)).filter(rule => quiz.remediated.has(rule));
  if (missed.length === 0) return [];
  const done = await workedThrough(last.id);
  return missed.filter(rule => !done.has(rule));
}

/**
 * Begin an attempt, or go on with the one that is open: of any number of clicks one makes a row. The form is
 * drawn anew each time and leaves out the last one's items while the bank allows. Throws Conflict where no attempt
 * may start now; two that are tried at once cannot pass a limit together, as attempts are numbered.
 */
export function startAttempt(cycle: CycleFacts, quiz: Quiz, now: number): Promise<AttemptFacts> {
  return inTransaction(async () => {
    const earlier = await attemptsAt(cycle.id, quiz.name);
    const open = earlier.find(attempt => attempt.submittedAt === null);
    if (open) return open;
    if (!(await standingAt(cycle.id, quiz, earlier, now)).mayStart) {
      throw new Conflict('Another attempt may not start now');
    }
    const allowance = quiz.policy.timeLimit === null ? 'none' : await allowanceOf(cycle, now);
    const limit = timeLimit(quiz.policy, allowance, now);
    const id = newId();
    const form = newForm(
      quiz,
      earlier.map(attempt => attempt.form),
      id,
    );
    const [made] = await rows(
      `insert into attempts (id, organisation_id, user_id, cycle_id, course_version_id, quiz, number, form, started_at,
         deadline_at, grace_ms)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
      [
        id,
        cycle.organisationId,
        cycle.userId,
        cycle.id,
        cycle.courseVersionId,
        quiz.name,
        earlier.length + 1,
        JSON.stringify(form),
        now,
        limit.deadlineAt,
        limit.graceMs,
      ],
    );
    if (made) {
      const payload = { attemptId: id, cycleId: cycle.id, quiz: quiz.name };
      const circumstances = { actorId: cycle.userId, organisationId: cycle.organisationId, now };
      await record('attempt.started', payload, circumstances);
    }
    return openAttempt(cycle.id, quiz.name);
  });
}

/** This click's attempt, or that of another one that was faster. */
async function openAttempt(cycleId: string, quiz: string): Promise<AttemptFacts> {
  const open = (await attemptsAt(cycleId, quiz)).find(attempt => attempt.submittedAt === null);
  if (!open) throw new Conflict('The quiz was started and finished in another tab');
  return open;
}
