import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { chosenTeam } from '../../people/organisations/chosen.js';
import { managedBy, signedIn } from '../../policy.js';
import { teamCertificatesPage } from './team-certificates-page.js';
import { teamPage } from './team-page.js';

type Deps = Pick<WebDeps, 'show' | 'clock' | 'config'>;

/** The way of managers to all that they may look at and decide. Returns 404 to everybody else. */
export function team(deps: Deps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/team', on(showTeam));
  router.get('/team/certificates', on(listCertificates));
  return router;
}

async function showTeam({ show }: Deps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  if (managedBy(actor).length === 0) throw new NotFound();
  show(req, res, 'office/management/team', await teamPage(actor), { nav: 'team' });
}

async function listCertificates({ show, clock, config }: Deps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const team = await chosenTeam(actor, typed(req.query, 'organisation'));
  const look = { actor, now: clock(), place: hereIn(config.timeZone) };
  const values = await teamCertificatesPage(team, typed(req.query, 'after'), look);
  show(req, res, 'office/management/certificates', values, { nav: 'team' });
}
