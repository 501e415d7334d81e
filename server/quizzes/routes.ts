import { Router } from 'express';
import { inMinutes, quizSeconds } from '../courses/cards.js';
import { Conflict } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { formatDate, translator } from '../i18n/i18n.js';
import { FINAL, mayTake } from '../learning/completion.js';
import { addresses } from '../learning/course-page.js';
import { progressOf } from '../learning/progress.js';
import { answersOf, attemptsAt, startAttempt, type AttemptFacts } from './attempts.js';
import { openSlots, questionsIn } from './quiz.js';
import { attemptAddresses } from './question-page.js';
import { routes as answering } from './routes-answering.js';
import { loadQuiz } from './routes-loading.js';
import { routes as result } from './routes-result.js';

/** A quiz: its start, and what follows from there. */
export function routes(deps: WebDeps): Router {
  const { show, clock, config } = deps;
  const router = Router();
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };

  router.get('/learning/:cycle/quizzes/:quiz', async (req, res) => {
    const { cycle, course, quiz } = await loadQuiz(req);
    const attempts = await attemptsAt(cycle.id, quiz.name);
    const open = mayTake(course.snapshot, quiz.name, await progressOf(cycle.id));
    const values = {
      quiz: {
        title: quiz.name === FINAL ? t('course.final') : quiz.title,
        questions: quiz.draw,
        passRight: quiz.pass,
        hasCase: quiz.scenario !== null,
        minutes: inMinutes(quizSeconds(quiz)),
        rules: ['saved', 'safety', ...(quiz.scenario ? ['case'] : []), 'tries', 'clock'].map(rule =>
          t(`quiz.rule.${rule}`),
        ),
      },
      state: stateOfQuiz(attempts, open),
      lockedReason: open ? null : t(quiz.name === FINAL ? 'quiz.lockedFinal' : 'quiz.lockedLessons'),
      action: `${addresses(cycle.id).quiz(quiz.name)}/attempts`,
      backHref: quiz.name === FINAL ? addresses(cycle.id).course : addresses(cycle.id).module(quiz.name),
      history: attempts
        .filter(attempt => attempt.submittedAt !== null)
        .map(attempt => ({
          date: formatDate(attempt.submittedAt ?? 0, place),
          right: attempt.rightAnswers,
          total: questionsIn(quiz, attempt.form),
          passed: attempt.passed,
        })),
    };
    show(req, res, 'quizzes/start', values, { nav: 'learning' });
  });

  router.post('/learning/:cycle/quizzes/:quiz/attempts', async (req, res) => {
    const { cycle, course, quiz } = await loadQuiz(req);
    if (!mayTake(course.snapshot, quiz.name, await progressOf(cycle.id))) {
      throw new Conflict('The lessons come first');
    }
    const attempt = await startAttempt(cycle, quiz, clock());
    const [first] = openSlots(quiz, attempt.form, await answersOf(attempt.id));
    const to = attemptAddresses(attempt.id);
    res.redirect(303, first === undefined ? to.review : to.question(first));
  });

  router.use(answering(deps));
  router.use(result(deps));
  return router;
}

function stateOfQuiz(
  attempts: readonly AttemptFacts[],
  open: boolean,
): 'new' | 'resume' | 'passed' | 'locked' {
  if (!open) return 'locked';
  if (attempts.some(({ submittedAt }) => submittedAt === null)) return 'resume';
  return attempts.some(({ passed }) => passed) ? 'passed' : 'new';
}
