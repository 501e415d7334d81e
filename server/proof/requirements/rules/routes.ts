import { Router, type Request, type Response } from 'express';
import { Conflict } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { undoVersion } from './keep-requirements.js';
import { openRequirement, openRequirements, requirementsHome } from './open-requirement.js';
import { requirementPage } from './requirement-page.js';
import { requirementsPage } from './requirements-page.js';
import { newestVersion } from './requirement-versions.js';
import { composerRoutes } from './composing/routes-compose.js';
import { undoPage } from './undo-page.js';

const HOME = '/organisations/:id/requirements';

/** What an organisation requires of its people: the list, and each requirement with its history. */
export function requirementRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(list));
  router.use(composerRoutes(deps));
  router.get(`${HOME}/:requirementId`, on(showOne));
  router.get(`${HOME}/:requirementId/undo`, on(askUndo));
  router.post(`${HOME}/:requirementId/undo`, on(undo));
  return router;
}

async function list({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openRequirements(actorOf(req), req.params.id, {
    now: clock(),
    action: 'organisation.people',
  });
  show(req, res, 'proof/requirements/list', await requirementsPage(open), { nav: navFor(open.actor) });
}

async function showOne({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openRequirements(actorOf(req), req.params.id, {
    now: clock(),
    action: 'organisation.people',
  });
  const found = await openRequirement(open, req.params.requirementId);
  show(req, res, 'proof/requirements/requirement', await requirementPage(open, found), {
    nav: navFor(open.actor),
  });
}

async function loadToUndo({ clock }: WebDeps, req: Request) {
  const open = await openRequirements(actorOf(req), req.params.id, {
    now: clock(),
    action: 'organisation.administer',
  });
  return { open, ...(await openRequirement(open, req.params.requirementId)) };
}

/** Says what is taken back, and what cannot be. */
async function askUndo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, ...found } = await loadToUndo(deps, req);
  const values = await undoPage(open, found);
  if (!values) throw new Conflict('There is nothing left to undo');
  deps.show(req, res, 'proof/requirements/undo', values, { nav: navFor(open.actor) });
}

async function undo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, requirementId, versions } = await loadToUndo(deps, req);
  const { organisation, actor, now } = open;
  const newest = newestVersion(versions);
  const change = { organisation, actorId: actor.id, now };
  const outcome = newest ? await undoVersion(change, newest.id, requirementId) : 'unknown';
  if (outcome !== 'undone') throw new Conflict('There is nothing left to undo');
  res.redirect(303, `${requirementsHome(organisation.id)}/${requirementId}?done=requirement-undone`);
}
