import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { openMember } from '../../../people/organisations/people/open-member.js';
import { filtersFrom } from '../standing-filters.js';
import { whyPage } from './why-page.js';

/** Why somebody stands as they do with a requirement, for those who manage them. */
export function whyRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/organisations/:id/people/:membershipId/requirements/:requirementId/why', on(showWhy));
  return router;
}

async function showWhy({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });
  const { on, known } = filtersFrom(req.query);
  const values = await whyPage(open, { requirementId: req.params.requirementId, on, known });
  show(req, res, 'proof/reports/why', values, { nav: navFor(open.actor) });
}
