import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { isId } from '../../../platform/lib/ids.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { openRequirements, requirementsHome } from '../rules/open-requirement.js';
import { findDraft, removeDraft } from './requirement-drafts.js';
import { draftAddress, rehearsalPage } from './rehearsal-page.js';
import { confirmDraft } from './rehearse-drafts.js';

const HOME = '/organisations/:id/requirements/drafts/:draftId';

/** What a composed requirement would do, confirming it, and throwing it away. */
export function rehearsalRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showRehearsal));
  router.post(`${HOME}/confirmation`, on(confirm));
  router.post(`${HOME}/removal`, on(remove));
  return router;
}

async function load({ clock }: WebDeps, req: Request) {
  const { id, draftId } = req.params;
  const open = await openRequirements(actorOf(req), id, { now: clock(), action: 'organisation.administer' });
  const draft = isId(draftId) ? await findDraft(open.organisation.id, draftId) : null;
  if (!draft) throw new NotFound();
  return { open, draft, home: requirementsHome(open.organisation.id) };
}

/** Once it is kept, the requirement stands in its place. */
async function showRehearsal(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, draft, home } = await load(deps, req);
  if (draft.keptAs) return res.redirect(303, `${home}/${draft.keptAs}?done=requirement-kept`);
  deps.show(req, res, 'proof/requirements/rehearsal', await rehearsalPage(open, draft), {
    nav: navFor(open.actor),
  });
}

async function confirm(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, draft, home } = await load(deps, req);
  const { organisation, actor, now } = open;
  const outcome = await confirmDraft(draft, typed(req.body, 'seen'), {
    organisation,
    actorId: actor.id,
    now,
  });
  if (outcome.kind === 'unknown') throw new NotFound();
  if (outcome.kind === 'kept')
    return res.redirect(303, `${home}/${outcome.requirementId}?done=requirement-kept`);
  res.redirect(303, draftAddress(organisation.id, draft.id));
}

async function remove(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { draft, home } = await load(deps, req);
  if (draft.state === 'confirming' || draft.keptAs) throw new Conflict('It is already being saved');
  await removeDraft(draft.id);
  const from = draft.requirementId === null ? home : `${home}/${draft.requirementId}`;
  res.redirect(303, `${from}?done=draft-discarded`);
}
