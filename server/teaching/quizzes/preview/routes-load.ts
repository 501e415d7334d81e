import type { Request } from 'express';
import { currentCourse, library, type PublishedCourse } from '../../courses/catalogue.js';
import { grantedTo } from '../../courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { authorise } from '../../../policy.js';
import { quizOf } from '../quiz.js';

type Clocked = Pick<WebDeps, 'clock'>;

/** The course that an address names, as it is now; 404 to those who may not look at it. */
export async function loadCourse({ clock }: Clocked, req: Request): Promise<PublishedCourse> {
  const course = await currentCourse(String(req.params.course));
  authorise(actorOf(req), 'content.preview', course && { grantedTo: await grantedTo(course, clock()) });
  if (!course) throw new NotFound();
  return course;
}

/** A quiz of such a course, put to learners with the first of its jobs. */
export async function loadPreviewedQuiz(deps: Clocked, req: Request, name = String(req.params.quiz)) {
  const course = await loadCourse(deps, req);
  const quiz = quizOf(course.snapshot, name, course.snapshot.jobs?.[0]);
  if (!quiz) throw new NotFound();
  return { course, quiz };
}

/** The model items and cases; 404 to those who may not see keys. */
export async function loadModels(req: Request) {
  const { models } = await library();
  authorise(actorOf(req), 'content.key', models);
  if (!models) throw new NotFound();
  return models;
}
