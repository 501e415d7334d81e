import { Router } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { decideInExam, showExamCase, showPractice, showPracticeOutcome } from './routes-cases.js';
import { listModels, showModelItem } from './routes-models.js';
import { listPreviews, previewResult, showItem, showPreview } from './routes-quiz.js';

/**
 * Quizzes as learners meet them, for those who look after a course. Nothing is kept: these routes call no verb that
 * writes, and only the address and the form say where somebody stands. Managers may take the courses they look after:
 * they see every page, but neither a key nor a score, from which a key could be worked out answer by answer.
 */
export function preview(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/admin/preview', on(listPreviews));
  router.get('/admin/preview/models', on(listModels));
  router.get('/admin/preview/models/items/:item', on(showModelItem));
  const course = '/admin/preview/:course';
  router.get(`${course}/quizzes/:quiz`, on(showPreview));
  router.post(`${course}/quizzes/:quiz/result`, on(previewResult));
  router.get(`${course}/quizzes/:quiz/items/:item`, on(showItem));
  router.get(`${course}/exam-case/:case`, on(showExamCase));
  router.post(`${course}/exam-case/:case/decision`, on(decideInExam));
  router.get(`${course}/cases/:case`, on(showPractice));
  router.get(`${course}/cases/:case/outcome`, on(showPracticeOutcome));
  return router;
}
