import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { authorise } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { spansOf } from './change-tree.js';
import { openTree, type OpenTree } from './open-tree.js';
import { isToFindUnit, unitQuery } from './unit-choice.js';
import { stepPage, storedStep, typedStep } from './unit-step-page.js';
import { unitView } from './unit-tree.js';
import { fieldOf, UNIT_STEPS, type UnitStep } from './unit-steps.js';

const HOME = '/organisations/:id/units';

/** Opening a unit, giving it another name or place, merging it into another, closing it: each asks for its day. */
export function unitStepPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  for (const step of Object.keys(UNIT_STEPS) as UnitStep[]) {
    const path = step === 'new' ? `${HOME}/new` : `${HOME}/:unitId/${step}`;
    router.get(path, on(askFor(step)));
    router.post(path, on(take(step)));
  }
  return router;
}

const askFor =
  (step: UnitStep): Handler<WebDeps> =>
  async (deps, req, res) =>
    ask(deps, req, res, { tree: await load(deps, req, step), step, errors: {} });

const take =
  (step: UnitStep): Handler<WebDeps> =>
  async (deps, req, res) => {
    const tree = await load(deps, req, step);
    if (isToFindUnit(req.body)) return ask(deps, req, res, { tree, step, errors: {} });
    const change = { organisation: tree.organisation, actorId: tree.actor.id, now: deps.clock() };
    const outcome = await UNIT_STEPS[step](change, unitOf(req), req.body);
    if (outcome.kind === 'wrong') return ask(deps, req, res, { tree, step, errors: outcome.errors });
    if (outcome.kind === 'refused') {
      const errors = { [fieldOf(step, outcome.reason)]: spoken(`units.refused.${outcome.reason}`) };
      return ask(deps, req, res, { tree, step, errors });
    }
    res.redirect(303, `/organisations/${tree.organisation.id}/units/${outcome.unitId}?done=unit-${step}`);
  };

const unitOf = ({ params }: Request): string => String(params.unitId ?? '');

/** The tree, for those who may change it. 404 for a unit that it does not have, or that is closed. */
async function load({ clock }: WebDeps, req: Request, step: UnitStep): Promise<OpenTree> {
  const tree = await openTree(actorOf(req), req.params.id, clock());
  authorise(tree.actor, 'organisation.administer', { organisationId: tree.organisation.id });
  const view = unitView(spansOf(tree.spans, unitOf(req)), tree.today);
  if (step !== 'new' && view?.closedOn !== null) throw new NotFound();
  return tree;
}

async function ask(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { tree, step, errors }: { tree: OpenTree; step: UnitStep; errors: Record<string, string> },
): Promise<void> {
  const unitId = step === 'new' ? null : unitOf(req);
  const sent =
    req.method === 'POST' ? typedStep(req.body) : await storedStep(tree, unitId, typed(req.query, 'below'));
  const wanted = { chosen: sent.unit, query: unitQuery(req.body) };
  const page = await stepPage(tree, { step, unitId, action: req.path }, wanted);
  const values = { ...page, values: sent, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/units/step', values, { status, nav: navFor(tree.actor) });
}
