import type { Quiz } from '../../quiz-model.js';
import { insertOnce } from '../../../../platform/db/rows.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { Conflict } from '../../../../errors.js';
import { record } from '../../../../platform/events/record.js';
import { FINAL } from '../../../learning/completion.js';
import type { CycleFacts } from '../../../learning/enrolments.js';
import { newId } from '../../../../platform/lib/ids.js';
import { requireRunning } from '../../../../people/organisations/settings/suspension.js';
import { attemptGrants } from '../extra-attempts.js';
import { isLimited, standing, timeLimit, type TriesLeft } from '../limits.js';
import { metElsewhere, attemptsAt, type AttemptFacts } from '../attempts.js';
import { allowanceOf } from '../time/extra-time.js';
import { newForm } from '../../quiz.js';
import { Attempt } from '../../tables.js';
import { rulesMissedAt } from '../../remediation/missed-rules.js';
import { practisedRules } from '../../remediation/completions.js';
import { rulesLeftOfPractice } from '../../remediation/practice-rules.js';

/** Where a learner stands, and at which attempt the missed safety rules are worked through; null where there are none. */
export interface QuizStanding extends TriesLeft {
  readonly rulesOf: string | null;
}

/** Where a learner stands at a quiz before the next attempt; `earlier` are all attempts at it in the cycle. */
export async function standingAt(
  cycleId: string,
  quiz: Quiz,
  earlier: readonly AttemptFacts[],
  now: number,
): Promise<QuizStanding> {
  const last = earlier.at(-1);
  const own = await rulesLeft(last, quiz);
  const practised = earlier.some(({ passed }) => passed) ? NO_RULES : await rulesFromPractice(cycleId, quiz);
  const found = standing({
    policy: quiz.policy,
    attempts: earlier,
    grants: isLimited(quiz.policy) ? await attemptGrants(cycleId, quiz.name) : [],
    rules: [...new Set([...own, ...practised.keys()])],
    isPractice: quiz.practice,
    now,
  });
  const [atPractice = null] = practised.values();
  return { ...found, rulesOf: last && own.length > 0 ? last.id : atPractice };
}

const NO_RULES: ReadonlyMap<string, string> = new Map();

/** What was missed in practice is worked through before the final, unless it is passed; by rule, the attempt. */
export async function rulesFromPractice(
  cycleId: string,
  { name, remediated }: Quiz,
): Promise<ReadonlyMap<string, string>> {
  if (name !== FINAL || remediated.size === 0) return NO_RULES;
  const left = await rulesLeftOfPractice(cycleId);
  return new Map([...left].filter(([rule]) => remediated.has(rule)));
}

/** The safety rules that the last attempt missed and that are not practised yet. */
async function rulesLeft(last: AttemptFacts | undefined, quiz: Quiz): Promise<string[]> {
  if (last?.passed !== false || quiz.remediated.size === 0) return [];
  const missed = (await rulesMissedAt(last.id)).filter(rule => quiz.remediated.has(rule));
  if (missed.length === 0) return [];
  const done = await practisedRules(last.id);
  return missed.filter(rule => !done.has(rule));
}

/**
 * Start an attempt, or return the open one: any number of clicks makes one row. Each attempt draws a new form, which
 * leaves out the items of the last one while the bank allows; the final leaves out what the cycle's other quizzes have asked. The
 * attempt keeps the job that `quiz` is put to, whatever its learner chooses later. Throws Conflict where no attempt may start now; two
 * simultaneous starts cannot exceed a limit together, since attempts are numbered.
 */
export function startAttempt(cycle: CycleFacts, quiz: Quiz, now: number): Promise<AttemptFacts> {
  return inTransaction(async () => {
    const earlier = await attemptsAt(cycle.id, quiz.name);
    const open = earlier.find(attempt => attempt.submittedAt === null);
    if (open) return open;
    if (cycle.leftAt !== null) throw new Conflict('The learner goes on with a newer version of the course');
    await requireRunning(cycle.organisationId, 'begin');
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
      quiz.name === FINAL ? await metElsewhere(cycle.id, quiz.name) : [],
    );
    const { id: cycleId, organisationId, userId, courseVersionId } = cycle;
    const who = { organisationId, userId, cycleId, courseVersionId };
    const what = { quiz: quiz.name, number: earlier.length + 1, startedAt: now, job: quiz.job ?? null };
    const attempt = { id, ...who, ...what, ...limit };
    if (!(await insertOnce(Attempt, { ...attempt, form: JSON.stringify(form) })))
      return openAttempt(cycleId, quiz.name);
    const payload = { attemptId: id, cycleId, quiz: quiz.name };
    await record('attempt.started', payload, { actorId: userId, organisationId, now });
    return { ...attempt, ...JUST_STARTED, form };
  });
}

/** What an attempt is before anything has happened in it. */
const JUST_STARTED = {
  ...{ submittedAt: null, closedBy: null, pausedAt: null, pausedMs: 0 },
  ...{ points: null, rightAnswers: null, passed: null, rulingsSeen: null },
};

/** The attempt of another click that was faster. */
async function openAttempt(cycleId: string, quiz: string): Promise<AttemptFacts> {
  const open = (await attemptsAt(cycleId, quiz)).find(attempt => attempt.submittedAt === null);
  if (!open) throw new Conflict('The quiz was started and finished in another tab');
  return open;
}
