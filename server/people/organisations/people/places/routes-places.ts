import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { handlersWith, type Handler } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { navFor } from '../../navigation.js';
import type { MemberRefusal } from '../member-refusals.js';
import { openMember, type OpenMember } from '../open-member.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../units/unit-choice.js';
import { placeStepPage, presentPlace, typedPlace, unitsForStep } from './place-step-page.js';
import { PLACE_STEPS, type PlaceStep } from './place-steps.js';
import { placesHome, placesPage } from './places-page.js';

const HOME = '/organisations/:id/people/:membershipId/places';

/** Where somebody works in an organisation, and moving them, their leave, leaving and coming back: each asks for its day. */
export function placePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showPlaces));
  for (const step of Object.keys(PLACE_STEPS) as PlaceStep[]) {
    router.get(`${HOME}/${step}`, on(askFor(step)));
    router.post(`${HOME}/${step}`, on(take(step)));
  }
  return router;
}

async function showPlaces({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });
  show(req, res, 'people/organisations/people/places', await placesPage(open), { nav: navFor(open.actor) });
}

const askFor =
  (step: PlaceStep): Handler<WebDeps> =>
  async (deps, req, res) =>
    ask(deps, req, res, { open: await load(deps, req), step, errors: {} });

const take =
  (step: PlaceStep): Handler<WebDeps> =>
  async (deps, req, res) => {
    const open = await load(deps, req);
    if (isToFindUnit(req.body)) return ask(deps, req, res, { open, step, errors: {} });
    const of = { organisation: open.organisation, membershipId: open.member.id, actorId: open.actor.id };
    const outcome = await PLACE_STEPS[step]({ ...of, now: deps.clock() }, req.body);
    if (outcome.kind === 'changed') return res.redirect(303, `${placesHome(open)}?done=place-${step}`);
    const errors = outcome.kind === 'wrong' ? outcome.errors : refusal(outcome.reason);
    await ask(deps, req, res, { open, step, errors });
  };

/** Only the unit can be wrong here: the membership was there a moment ago, and no number is asked for. */
function refusal(reason: MemberRefusal): Record<string, string> {
  if (reason === 'merged') throw new Conflict('This entry was merged into another one');
  if (reason !== 'unit-closed') throw new NotFound();
  return { unit: spoken('errors.unit-closed') };
}

/** The membership, for those who may change it; nobody changes their own. */
const load = ({ clock }: WebDeps, req: Request): Promise<OpenMember> =>
  openMember(actorOf(req), req.params, { now: clock(), action: 'person.place' });

async function ask(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, step, errors }: { open: OpenMember; step: PlaceStep; errors: Record<string, string> },
): Promise<void> {
  const values = req.method === 'POST' ? typedPlace(req.body) : presentPlace(open, step);
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  const wanted = { chosen: values.unit, query: unitQuery(req.body) };
  const page = {
    ...placeStepPage(open, step),
    units: unitChoice(await unitsForStep(open, step), wanted),
    values,
    errors,
  };
  show(req, res, 'people/organisations/people/step', page, { status, nav: navFor(open.actor) });
}
