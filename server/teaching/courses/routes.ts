import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { library } from './catalogue.js';
import { cardsFor, courseCards } from './access/course-cards.js';
import { showAbout } from './routes-about.js';
import { courseChangePages } from './changes/routes-course-changes.js';
import { courseAccessPages } from './access/routes-course-access.js';
import { organisationCoursePages } from './access/routes-organisation-courses.js';
import { courseRequestPages } from './access/routes-request.js';
import { sourcesValues } from './sources-page.js';

/** What anybody may see: the home page, the catalogue, one course, the sources of the facts. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/', on(showHome));
  router.get('/courses', on(showCatalogue));
  router.get('/courses/:slug', on(showAbout));
  router.get('/sources', on(showSources));
  return router;
}

/** Who may take the restricted courses, and how much a new version of a course changes. */
export function officeRoutes(deps: WebDeps): Router {
  const router = Router();
  router.use(courseAccessPages(deps));
  router.use(organisationCoursePages(deps));
  router.use(courseRequestPages(deps));
  router.use(courseChangePages(deps));
  return router;
}

async function showHome({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  show(req, res, 'teaching/courses/home', { courses: await courseCards(config) });
}

async function showCatalogue({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = actorOf(req);
  const courses = await (actor ? cardsFor(actor, config, clock()) : courseCards(config));
  show(req, res, 'teaching/courses/catalogue', { courses }, { nav: 'courses' });
}

async function showSources({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { facts } = await library();
  show(req, res, 'teaching/courses/sources', sourcesValues(facts, typed(req.query, 'fact'), clock()));
}
