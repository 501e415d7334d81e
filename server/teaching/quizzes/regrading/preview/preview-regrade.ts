import type { Quiz } from '../../quiz-model.js';
import { createHash } from 'node:crypto';
import { courseVersion } from '../../../courses/catalogue.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { isComplete, isPractice } from '../../../learning/completion.js';
import { progressOf } from '../../../learning/progress.js';
import { quizOf } from '../../quiz.js';
import { rulingsOn, wordingsBy } from '../ruling/active-rulings.js';
import { finishDraft, insertDraft, insertLine, type Proposal } from './drafts.js';
import { dryRun, isChanging, type ChangingRun, type DryRun } from './dry-run.js';
import { certificateEffect, type CertificateEffect } from './impact.js';
import type { RegradeFacts } from '../regrades.js';
import { rulingsInForce, underRulings, type Ruling, type RulingTerms } from '../ruling/rulings.js';
import { submittedAttempts, type RulingScope, type SubmittedAttempt } from './submitted-attempts.js';

/**
 * Read every attempt that a ruling would be about, grade it again, and store what would change as a draft: no result is
 * touched. One pass, with one batch of attempts in memory. The draft holds a hash of all that it read. Returns its id.
 */
export async function previewRegrade(
  proposal: Proposal,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> {
  const scope = { ...proposal.terms, courseSlug: proposal.courseSlug, quiz: proposal.quiz };
  const rulings = await rulingsOn(scope.courseSlug, scope.quiz);
  const id = await insertDraft(proposal, rulings.at(-1)?.number ?? 0, { actorId, now });
  const quizAt = quizzesUnder(scope, [...rulings, asProposed(proposal.terms, rulings)]);
  const policy = { withdraw: proposal.withdrawalReason !== null };
  const seen = createHash('sha256');
  let lookedAt = 0;
  for await (const batch of submittedAttempts(scope)) {
    for (const attempt of batch) seen.update(`${JSON.stringify(attempt)}\n`);
    lookedAt += batch.length;
    await storeLines(id, batch, async attempt => dryRun(attempt, await quizAt(attempt), policy));
  }
  await finishDraft(id, lookedAt, seen.digest('hex'));
  return id;
}

/** Preview again what a draft was about, as it is now: a new draft. */
export const previewAgain = (draft: RegradeFacts, by: { actorId: string; now: number }): Promise<string> =>
  previewRegrade({ ...draft, terms: draft }, by);

/** As it would be numbered if it were made now. */
const asProposed = (terms: RulingTerms, rulings: readonly Ruling[]): Ruling => ({
  ...terms,
  number: (rulings.at(-1)?.number ?? 0) + 1,
  createdAt: 0,
});

/** The quiz under these rulings in the course version of an attempt, derived once for each version. */
function quizzesUnder({ courseSlug, quiz: name }: RulingScope, rulings: readonly Ruling[]) {
  const known = new Map<string, Quiz>();
  return async ({ courseVersionId }: SubmittedAttempt): Promise<Quiz> => {
    const found = known.get(courseVersionId);
    if (found) return found;
    const { number, snapshot } = await courseVersion(courseVersionId);
    const quiz = quizOf(snapshot, name);
    if (!quiz) throw new Error(`Course version ${courseVersionId} has no quiz ${name}`);
    const inForce = rulingsInForce(rulings, number);
    const ruled = underRulings(quiz, inForce, await wordingsBy(courseSlug, name, inForce));
    known.set(courseVersionId, ruled);
    return ruled;
  };
}

async function storeLines(
  regradeId: string,
  batch: readonly SubmittedAttempt[],
  runOf: (attempt: SubmittedAttempt) => Promise<DryRun>,
): Promise<void> {
  const lines: [SubmittedAttempt, ChangingRun, CertificateEffect][] = [];
  for (const attempt of batch) {
    const run = await runOf(attempt);
    if (isChanging(run)) lines.push([attempt, run, await effectOn(attempt, run)]);
  }
  await inTransaction(async () => {
    for (const line of lines) await insertLine(regradeId, ...line);
  });
}

async function effectOn(attempt: SubmittedAttempt, run: DryRun): Promise<CertificateEffect> {
  const { cycleId, courseVersionId, quiz } = attempt;
  const { snapshot } = await courseVersion(courseVersionId);
  if (isPractice(snapshot, quiz)) return 'none';
  const progress = await progressOf(cycleId);
  return certificateEffect(run.change, run, {
    holdsPass: attempt.holder === attempt.id,
    isQuizPassed: attempt.holder !== null,
    hasOtherPass: attempt.hasOtherPass,
    isCompleted: attempt.completedAt !== null,
    completesWithQuiz: isComplete(snapshot, {
      ...progress,
      passed: new Set([...progress.passed, quiz]),
    }),
  });
}
