import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { goOnWithWhole, showWholeCourse } from './path/routes-whole-course.js';
import { showCase, showCaseOutcome } from './routes-case.js';
import {
  goOnWithNewer,
  listCopies,
  listCourses,
  showCourse,
  showModule,
  showNewerVersion,
  start,
} from './routes-course.js';
import { saveJob, showJob } from './routes-job.js';
import { answerCheck, completeLesson, showLesson } from './routes-lesson.js';

/** A learner's own courses: the list, one course, a module, a lesson, a practice case. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/learning', on(listCourses));
  router.post('/learning', on(start));
  router.get('/learning/:cycle', on(showCourse));
  router.get('/learning/:cycle/copies', on(listCopies));
  router.get('/learning/:cycle/job', on(showJob));
  router.post('/learning/:cycle/job', on(saveJob));
  router.get('/learning/:cycle/newer-version', on(showNewerVersion));
  router.post('/learning/:cycle/newer-version', on(goOnWithNewer));
  router.get('/learning/:cycle/whole-course', on(showWholeCourse));
  router.post('/learning/:cycle/whole-course', on(goOnWithWhole));
  const module = '/learning/:cycle/modules/:module';
  router.get(module, on(showModule));
  router.get(`${module}/lessons/:lesson`, on(showLesson));
  router.post(`${module}/lessons/:lesson/checks/:check`, on(answerCheck));
  router.post(`${module}/lessons/:lesson/completion`, on(completeLesson));
  router.get(`${module}/case`, on(showCase));
  router.get(`${module}/case/outcome`, on(showCaseOutcome));
  return router;
}
