import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { openMember } from '../people/open-member.js';
import { undoAcceptance, wasAccepted } from './undo-acceptance.js';

const PAGE = '/organisations/:id/people/:membershipId/account';

/** Take back that an account belongs to a person of an organisation: a page that says what follows from it. */
export function accountLinkPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(undo));
  return router;
}

const ask = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

async function undo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, member } = await load(deps, req);
  if (typed(req.body, 'sure') !== 'yes') return page(deps, req, res, { sure: spoken('errors.sure') });
  await undoAcceptance(organisation, member.id, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `/organisations/${organisation.id}/people/${member.id}?done=invitation-undone`);
}

/** The person, for those who may change them; nobody decides about themselves. */
async function load({ clock }: WebDeps, req: Request) {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.place' });
  if (!(await wasAccepted(open.organisation.id, open.member.id))) throw new NotFound();
  return open;
}

async function page(deps: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor, member, name } = await load(deps, req);
  const back = `/organisations/${organisation.id}/people/${member.id}`;
  const head = organisationHead(organisation, actor);
  const values = { organisation: head, name, back, action: `${back}/account`, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/organisations/invitations/account', values, { status, nav: navFor(actor) });
}
