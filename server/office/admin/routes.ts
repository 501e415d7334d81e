import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { homePage } from './home-page.js';
import { logPages } from './logs/routes.js';
import { personPages } from './people/routes.js';
import { accessPages } from './people/routes-access.js';
import { allCertificatePages } from './routes-certificates.js';
import { jobPages } from './routes-jobs.js';

/** What administrators see of the installation: figures and warnings, certificates, people, work in the background. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  // Not for everything below /admin: managers, too, read some of it.
  router.get('/admin', administratorsOnly(deps.config), on(showHome));
  router.use(jobPages(deps));
  router.use(logPages(deps));
  router.use(allCertificatePages(deps));
  router.use('/admin/people', administratorsOnly(deps.config));
  router.use(personPages(deps));
  router.use(accessPages(deps));
  return router;
}

async function showHome({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  show(req, res, 'office/admin/home', await homePage({ config, now: clock() }), { nav: 'admin' });
}
