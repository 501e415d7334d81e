import type { Request, Response } from 'express';
import { certificateAndRenewal } from '../../../proof/certificates/cycle-certificate.js';
import { isCertificateDelayed } from '../../../proof/certificates/lifecycle/catch-up.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { NotFound } from '../../../errors.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { FINAL, isComplete, nextStep, type Progress } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { wayOf } from '../../learning/pages/course-page.js';
import { onward } from '../../learning/next-up.js';
import { pendingValues } from '../../learning/pending-certificate.js';
import { didComplete } from '../../learning/progress.js';
import { takenCourse } from '../../learning/path/taken-course.js';
import { findCycleSoFar, type CycleSoFar } from '../attempts/cycle-so-far.js';
import { clockAt } from '../attempts/limits.js';
import type { PageWords } from '../attempts/start/start-notices.js';
import { attemptAddresses } from '../attempts/question-page.js';
import { loadAttempt } from '../attempts/routes-load.js';
import { standingAt } from '../attempts/start/start.js';
import { resultOf } from '../attempts/submit.js';
import { attemptsSoFar, triedNext } from '../attempts/tried.js';
import { correctionsOf } from '../regrading/corrections.js';
import { afterPass, againValues } from './again.js';
import { correctionTexts, explanations, gradedValues, restudyValues } from './result-page.js';

/** For how long what was reached is shown as new, in ms: until the page is looked at again. */
const NEW_FOR = 60_000;

/** The result of a submitted attempt, and the way on from it. */
export async function showResult(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadTaken(req);
  const { attempt, quiz, course, cycle, soFar } = loaded;
  if (attempt.submittedAt === null) return res.redirect(303, attemptAddresses(attempt.id).review);
  const now = deps.clock();
  const isNew = now - attempt.submittedAt < NEW_FOR;
  const words = { place: hereIn(deps.config.timeZone), t: spoken };
  const { progress } = soFar;
  const next = nextStep(course.snapshot, progress);
  const tried = await triedNext(soFar, course.snapshot, { next, now, ...words });
  const outcome = await outcomeOf(loaded, words);
  const way = onward(cycle.id, course, { ...progress, tried }, spoken);
  const completed = outcome.passed && (await completesCourse(loaded, progress));
  const values = {
    ...outcome,
    retryHref: addresses(cycle.id).quiz(quiz.name),
    nextHref: way.href,
    nextTitle: way.title,
    courseCompleted: completed,
    way: outcome.passed
      ? wayOf({ cycleId: cycle.id, course, progress }, spoken, isNew ? quiz.name : undefined)
      : null,
    isNew,
    ...(await certificateValues(soFar, completed, deps)),
    again: outcome.passed ? afterPass(attempt) : await nextAttempt(loaded, now, words),
    care: completed ? spoken('result.care') : null,
  };
  const nav = completed ? 'certificates' : 'learning';
  deps.show(req, res, 'teaching/quizzes/results/result', values, { nav });
}

type Loaded = Awaited<ReturnType<typeof loadTaken>>;

/** The attempt, and its course as the cycle takes it, whole or by the shorter path: the way on depends on that. */
async function loadTaken(req: Request) {
  const loaded = await loadAttempt(req);
  const soFar = await findCycleSoFar(loaded.cycle.id);
  if (!soFar) throw new NotFound();
  return { ...loaded, soFar, course: await takenCourse(soFar.cycle) };
}

/** Did this pass complete the course? An older result that is looked at later is about its own quiz. */
async function completesCourse({ attempt, quiz, course }: Loaded, progress: Progress): Promise<boolean> {
  if (!isComplete(course.snapshot, progress)) return false;
  return quiz.name === FINAL || (await didComplete(attempt.id));
}

/** What was right, what to read again, the explanations where they may be shown, and what was corrected since. */
async function outcomeOf({ attempt, kept, quiz, course, cycle }: Loaded, { place, t }: PageWords) {
  const { rulings, ...result } = await resultOf(attempt, quiz, kept);
  const answers = { form: attempt.form, ...result };
  const corrections = await correctionsOf(attempt, quiz, rulings);
  return {
    ...gradedValues(quiz, answers, t),
    restudy: restudyValues(quiz, answers, { course: course.snapshot, cycleId: cycle.id }, t),
    ...explanations(quiz, answers, corrections.quiz, t),
    corrections: correctionTexts(corrections, at => formatDate(at, place), t),
  };
}

/** The certificate that this result earned, or what is still to come of it, and its renewal. */
async function certificateValues(soFar: CycleSoFar, completed: boolean, deps: WebDeps) {
  if (!completed) return { certificate: null, pending: null, renewal: null };
  const issued = await certificateAndRenewal(soFar, deps);
  const { id } = soFar.cycle;
  const pending = issued.certificate ? null : pendingValues(id, await isCertificateDelayed(id));
  return { ...issued, pending };
}

/** Where the learner stands before another attempt at the same quiz. */
async function nextAttempt({ attempt, quiz, cycle, soFar }: Loaded, now: number, words: PageWords) {
  const attempts = await attemptsSoFar(soFar, quiz.name);
  const last = attempts.at(-1);
  const passed = attempts.find(each => each.passed);
  const standing = await standingAt(cycle.id, quiz, attempts, now);
  return againValues(
    quiz,
    standing,
    { last: last && clockAt(last, now), shown: attempt, passed, now },
    words,
  );
}
