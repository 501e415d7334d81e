import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { organisationHead } from '../organisation-tabs.js';
import { organisationToOpen } from './open-organisation.js';
import { reopenOrganisation, suspendOrganisation } from './suspension.js';

const PAGE = '/organisations/:id/settings/suspension';

/** Pause an organisation's training, or let it go on: a page that says what it means, for administrators of the installation. */
export function suspensionPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(PAGE, administratorsOnly(deps.config));
  router.get(PAGE, on(ask));
  router.post(PAGE, on(decide));
  return router;
}

const ask = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

/** The form says what it wants, so that an old page does not undo what somebody else has decided. */
async function decide(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const wish = typed(req.body, 'wish');
  if (typed(req.body, 'sure') !== 'yes') return page(deps, req, res, { sure: spoken('errors.sure') });
  const by = { actorId: actor.id, now: deps.clock() };
  if (wish === 'reopen') await reopenOrganisation(organisation.id, by);
  else if (organisation.suspendedAt === null) await suspendOrganisation(organisation.id, by);
  const done = wish === 'reopen' ? 'organisation-reopened' : 'organisation-suspended';
  res.redirect(303, `/organisations/${organisation.id}?done=${done}`);
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function page({ show }: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor } = await load(req);
  const values = {
    organisation: organisationHead(organisation, actor),
    state: organisation.kind === 'open' ? 'open' : organisation.suspendedAt === null ? 'running' : 'paused',
    hasContact: organisation.contact !== null,
    action: `/organisations/${organisation.id}/settings/suspension`,
    back: `/organisations/${organisation.id}/settings`,
    errors,
  } as const;
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/settings/suspension', values, { status, nav: 'admin' });
}
