import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { answerAllQuestions, showAllQuestions } from './attempts/routes-all-questions.js';
import { answerQuestion, showQuestion, showReview, submit } from './attempts/routes-question.js';
import { begin, showStart } from './attempts/start/routes-start.js';
import { pause, resume, showPause } from './attempts/time/routes-pause.js';
import { timeGuard, withTimeLeft } from './attempts/time/routes-time-limit.js';
import { signals } from './item-analysis/routes-signals.js';
import { statistics } from './item-analysis/routes.js';
import { preview } from './preview/routes.js';
import { rulings } from './regrading/ruling/routes.js';
import { regrades } from './regrading/routes.js';
import { practise, showRemediation, showRule } from './remediation/routes.js';
import { showResult } from './results/routes.js';

/** A learner's quizzes: the start, the questions, the result and what it asks for. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/learning/:cycle/quizzes/:quiz', on(showStart));
  router.post('/learning/:cycle/quizzes/:quiz/attempts', on(begin));
  const attempt = '/attempts/:attempt';
  router.get(attempt, on(showResult));
  router.post(`${attempt}/submission`, on(submit));
  router.get(`${attempt}/pause`, on(showPause));
  router.post(`${attempt}/pause`, on(pause));
  router.post(`${attempt}/resumption`, on(resume));
  router.get(`${attempt}/remediation`, on(showRemediation));
  router.get(`${attempt}/remediation/:rule`, on(showRule));
  router.post(`${attempt}/remediation/:rule/answers/:item`, on(practise));

  // Pages and forms that an attempt's time limit is about.
  const timed = handlersWith({ ...deps, show: withTimeLeft(deps) });
  router.use([`${attempt}/questions`, `${attempt}/answers`, `${attempt}/review`], timeGuard(deps));
  router.get(`${attempt}/questions`, timed(showAllQuestions));
  router.post(`${attempt}/answers`, timed(answerAllQuestions));
  router.get(`${attempt}/questions/:slot`, timed(showQuestion));
  router.post(`${attempt}/answers/:slot`, timed(answerQuestion));
  router.get(`${attempt}/review`, timed(showReview));
  return router;
}

/** What managers and administrators see of quizzes: previews, figures, regrades. */
export function officeRoutes(deps: WebDeps): Router {
  const router = Router();
  router.use(signals(deps));
  router.use(statistics(deps));
  router.use(preview(deps));
  router.use(rulings(deps));
  router.use(regrades(deps));
  return router;
}
