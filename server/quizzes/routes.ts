import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { handlersWith } from '../http/handlers.js';
import { routes as allQuestions } from './attempts/routes-all-questions.js';
import { pausePages } from './attempts/time/routes-pause.js';
import { routes as oneQuestion } from './attempts/routes-question.js';
import { begin, showStart } from './attempts/routes-start.js';
import { timeGuard, withTimeLeft } from './attempts/time/routes-time-limit.js';
import { questions } from './exchange/routes.js';
import { signals } from './item-analysis/routes-signals.js';
import { statistics } from './item-analysis/routes.js';
import { preview } from './preview/routes.js';
import { rulings } from './regrading/ruling/routes.js';
import { regrades } from './regrading/routes.js';
import { routes as remediation } from './remediation/routes.js';
import { routes as result } from './results/routes.js';

/** A learner's quizzes: the start, the questions, the result and what it asks for. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/learning/:cycle/quizzes/:quiz', on(showStart));
  router.post('/learning/:cycle/quizzes/:quiz/attempts', on(begin));
  const timed = { ...deps, show: withTimeLeft(deps) };
  router.use(timeGuard(deps));
  router.use(pausePages(deps));
  router.use(allQuestions(timed));
  router.use(oneQuestion(timed));
  router.use(remediation(deps));
  router.use(result(deps));
  return router;
}

/** What managers and administrators see of quizzes: previews, figures, regrades, questions of other programs. */
export function officeRoutes(deps: WebDeps): Router {
  const router = Router();
  router.use(questions(deps));
  router.use(signals(deps));
  router.use(statistics(deps));
  router.use(preview(deps));
  router.use(rulings(deps));
  router.use(regrades(deps));
  return router;
}
