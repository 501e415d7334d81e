import { Router, type Request, type Response } from 'express';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { handlersWith } from '../http/handlers.js';
import { actorOf } from '../http/page.js';
import { hereIn } from '../i18n/spoken.js';
import { chosenOrganisation } from '../organisations/chosen.js';
import { managedBy, signedIn } from '../policy.js';
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
  const managed = managedBy(signedIn(actorOf(req)));
  if (managed.length === 0) throw new NotFound();
  show(req, res, 'management/team', await teamPage(managed), { nav: 'team' });
}

async function listCertificates({ show, clock, config }: Deps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const { current } = await chosenOrganisation(actor, typed(req.query, 'organisation'), none);
  if (!current) throw new NotFound();
  const look = { actor, now: clock(), place: hereIn(config.timeZone) };
  const values = await teamCertificatesPage(current, typed(req.query, 'after'), look);
  show(req, res, 'management/certificates', values, { nav: 'team' });
}

/** Administrators, who have the list of all certificates, choose among no teams. */
const none = () => Promise.resolve([]);
