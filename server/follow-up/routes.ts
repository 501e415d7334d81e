import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { followUpFigures } from './routes-figures.js';
import { formRoutes } from './routes-form.js';
import { mailedPages } from './routes-mail.js';

/** The short questions before, after and long after a course. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  router.use(formRoutes(deps));
  router.use(mailedPages(deps));
  return router;
}

/** What was learned and kept, in figures. */
export const officeRoutes = followUpFigures;
