import { Router } from 'express';
import { cycleCertificate, cycleRenewal } from '../../certificates/cycle-certificate.js';
import { isCertificateDelayed } from '../../certificates/lifecycle/catch-up.js';
import type { WebDeps } from '../../http/deps.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { FINAL, isComplete } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { onward } from '../../learning/next-up.js';
import { pendingValues } from '../../learning/pending-certificate.js';
import { didComplete, progressOf } from '../../learning/progress.js';
import { clockAt, mayExplain } from '../attempts/limits.js';
import { savedAnswers, attemptsAt } from '../attempts/attempts.js';
import { resultOf } from '../attempts/submit.js';
import { standingAt } from '../attempts/start.js';
import { caseFeedback, caseOutcome, joinedRestudy } from './case-result.js';
import { calibration, sureObjectives } from '../grading/confidence.js';
import { sureFirst } from './sure-first.js';
import { questionsIn } from '../quiz.js';
import { attemptAddresses } from '../attempts/question-page.js';
import { correctionsOf } from '../regrading/corrections.js';
import { correctionTexts, feedbackRows, restudyRows, shortRows } from './result-page.js';
import { loadAttempt } from '../attempts/routes-load.js';
import { formSignals } from '../grading/signal-detection.js';
import { againValues } from '../attempts/start-page.js';
import { triedQuizzes } from '../attempts/tried.js';

/** What became of an attempt, once it is handed in. */
export function routes({ show, clock, config }: Pick<WebDeps, 'show' | 'clock' | 'config'>): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const words = { place, t };

  router.get('/attempts/:attempt', async (req, res) => {
    const { attempt, quiz, course, cycle } = await loadAttempt(req);
    if (attempt.submittedAt === null) return res.redirect(303, attemptAddresses(attempt.id).review);
    const now = clock();
    const graded = await resultOf(attempt, quiz);
    const { total, items } = graded;
    const kept = await savedAnswers(attempt.id);
    const corrections = await correctionsOf(attempt, quiz);
    const forItems = restudyRows(course.snapshot, cycle.id, graded);
    const joined = joinedRestudy(forItems, course.snapshot, cycle.id, graded.case);
    const sure = sureObjectives(graded.restudy, quiz.items, { form: attempt.form, kept });
    const sureHrefs = restudyRows(course.snapshot, cycle.id, { restudy: sure }).map(row => row.lessonHref);
    const progress = await progressOf(cycle.id);
    // Other results that are looked at later are about their own quiz.
    const isLast = quiz.name === FINAL || (await didComplete(attempt.id));
    const completed = total.passed && isLast && isComplete(course.snapshot, progress);
    const certificate = completed ? await cycleCertificate(cycle.id, config) : null;
    const tried = await triedQuizzes(cycle.id, course.snapshot, { now, ...words });
    const attempts = await attemptsAt(cycle.id, quiz.name);
    const last = attempts.at(-1);
    const passed = total.passed ? undefined : attempts.find(each => each.passed);
    const standing = await standingAt(cycle.id, quiz, attempts, now);
    const explained = mayExplain(quiz.policy, total.passed);
    const values = {
      title: quiz.name === FINAL ? t('course.final') : t('quiz.of', { title: quiz.title }),
      passed: total.passed,
      right: total.right,
      total: questionsIn(quiz, attempt.form),
      passRight: quiz.pass,
      criticalMissed: total.criticalMissed.length,
      itemsPassed: items.passed,
      case: graded.case && caseOutcome(graded.case),
      restudy: shortRows(sureFirst(joined, sureHrefs), t),
      signals: formSignals(graded.slots, kept),
      calibration: calibration(graded.slots, kept, total),
      retryHref: addresses(cycle.id).quiz(quiz.name),
      nextHref: onward(cycle.id, course, { ...progress, tried }, t).href,
      courseCompleted: completed,
      certificate,
      pending:
        completed && !certificate ? pendingValues(cycle.id, await isCertificateDelayed(cycle.id)) : null,
      renewal: certificate && (await cycleRenewal(cycle.id, config, now)),
      again: againValues(
        quiz,
        standing,
        { last: last && clockAt(last, now), shown: attempt, passed, now },
        words,
      ),
      feedback: explained ? feedbackRows(corrections.quiz, attempt, kept, graded, t) : [],
      caseFeedback: explained ? caseFeedback(quiz, attempt.form, kept) : null,
      corrections: correctionTexts(corrections, at => formatDate(at, place), t),
      care: completed ? t('result.care') : null,
    };
    show(req, res, 'quizzes/results/result', values, { nav: completed ? 'certificates' : 'learning' });
  });

  return router;
}
