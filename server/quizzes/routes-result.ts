import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { translator } from '../i18n/i18n.js';
import { FINAL, isComplete, nextStep } from '../learning/completion.js';
import { addresses, stepHref } from '../learning/course-page.js';
import { progressOf } from '../learning/progress.js';
import { answersOf, resultOf } from './attempts.js';
import { caseFeedback, caseOutcome, joinedRestudy } from './case-result.js';
import { questionsIn } from './quiz.js';
import { attemptAddresses } from './question-page.js';
import { feedbackRows, restudyRows } from './result-page.js';
import { loadAttempt } from './routes-loading.js';

/** What became of an attempt, once it is handed in. */
export function routes({ show, certificateOf }: Pick<WebDeps, 'show' | 'certificateOf'>): Router {
  const router = Router();
  const t = translator('en');

  router.get('/attempts/:attempt', async (req, res) => {
    const { attempt, quiz, course, cycle } = await loadAttempt(req);
    if (attempt.submittedAt === null) return res.redirect(303, attemptAddresses(attempt.id).review);
    const graded = await resultOf(attempt, quiz);
    const { total, items } = graded;
    const kept = await answersOf(attempt.id);
    const forItems = restudyRows(course.snapshot, cycle.id, graded);
    const progress = await progressOf(cycle.id);
    const completed = total.passed && isComplete(course.snapshot, progress);
    const next = nextStep(course.snapshot, progress);
    const values = {
      title: quiz.name === FINAL ? t('course.final') : t('quiz.of', { title: quiz.title }),
      passed: total.passed,
      right: total.right,
      total: questionsIn(quiz, attempt.form),
      passRight: quiz.pass,
      criticalMissed: total.criticalMissed.length,
      itemsPassed: items.passed,
      case: graded.case && caseOutcome(graded.case),
      restudy: total.passed ? [] : joinedRestudy(forItems, course.snapshot, cycle.id, graded.case),
      retryHref: addresses(cycle.id).quiz(quiz.name),
      nextHref: next ? stepHref(cycle.id, next) : addresses(cycle.id).course,
      courseCompleted: completed,
      certificate: completed ? await certificateOf(cycle.id) : null,
      feedback: total.passed ? feedbackRows(quiz, attempt, kept, graded) : [],
      caseFeedback: total.passed ? caseFeedback(quiz, attempt.form, kept) : null,
      care: completed ? t('result.care') : null,
    };
    show(req, res, 'quizzes/result', values, { nav: completed ? 'certificates' : 'learning' });
  });

  return router;
}
