import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { isId } from '../../../platform/lib/ids.js';
import { readDay } from '../change-fields.js';
import { navFor } from '../navigation.js';
import { openTree } from './open-tree.js';
import { unitStepPages } from './routes-unit-steps.js';
import { treePage } from './tree-page.js';
import { unitPage } from './unit-page.js';

const HOME = '/organisations/:id/units';

/** An organisation's units as a tree, each with the people placed in it, and what can be done with them. */
export function unitPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showTree));
  router.use(unitStepPages(deps));
  router.get(`${HOME}/:unitId`, on(showUnit));
  return router;
}

/** The tree of today, or of the day in the address. */
async function showTree({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const tree = await openTree(actorOf(req), req.params.id, clock());
  const asked = typedDay(req.query, 'day');
  const isAsked = `${asked.day}${asked.month}${asked.year}`.trim() !== '';
  const day = isAsked ? readDay(req.query, 'day', tree.today) : tree.today;
  const part = { query: typed(req.query, 'query').trim(), after: listPlace(req.query) };
  const values = await treePage(tree, { day, typed: asked, isAsked }, part);
  const status = day === null ? 422 : 200;
  show(req, res, 'people/organisations/units/tree', values, { status, nav: navFor(tree.actor) });
}

async function showUnit({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const tree = await openTree(actorOf(req), req.params.id, clock());
  const { unitId } = req.params;
  if (!isId(unitId)) throw new NotFound();
  const values = await unitPage(tree, unitId, listPlace(req.query));
  show(req, res, 'people/organisations/units/unit', values, { nav: navFor(tree.actor) });
}
