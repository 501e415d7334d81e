import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { followUpFigures } from './routes-figures.js';
import { formRoutes } from './routes-form.js';
import { mailChoiceRoutes } from './routes-mail-choice.js';
import { refresherRoutes } from './routes-refresher.js';

/** The short questions before, after and long after a course. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  router.use(formRoutes(deps));
  router.use(refresherRoutes(deps));
  router.use(mailChoiceRoutes(deps));
  return router;
}

/** What was learned and kept, in figures. */
export const officeRoutes = followUpFigures;
