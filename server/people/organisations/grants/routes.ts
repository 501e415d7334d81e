import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { signedIn } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { readAppointment, typedAppointment } from './role-forms.js';
import { giveRole } from './role-grants.js';
import { appointmentPage, ownRoles, rolesHome, rolesPage } from './role-pages.js';
import { unitPaths } from '../units/unit-options.js';
import { rolesHeldBy } from './role-queries.js';
import { loadToAdminister, appointmentErrors, whomToAppoint } from './routes-load.js';
import { askEnd, askHandover, end, handOver } from './routes-steps.js';
import { isToFindUnit, unitQuery } from '../units/unit-choice.js';

const HOME = '/organisations/:id/roles';

/** Who may do what in an organisation: for those who administer it. Everybody may give up their own roles. */
export function roleRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/roles', on(listOwn));
  router.get(HOME, on(listRoles));
  router.get(`${HOME}/appointment`, on(askAppointment));
  router.post(`${HOME}/appointment`, on(makeAppointment));
  router.get(`${HOME}/:role/end`, on(askEnd));
  router.post(`${HOME}/:role/end`, on(end));
  router.get(`${HOME}/:role/handover`, on(askHandover));
  router.post(`${HOME}/:role/handover`, on(handOver));
  return router;
}

/** One's own roles, in every organisation. */
async function listOwn({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const roles = await rolesHeldBy(actor.id, dayOf(clock(), config.timeZone));
  show(req, res, 'people/organisations/grants/own-roles', ownRoles(roles, actor), { nav: 'account' });
}

async function listRoles({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const look = await loadToAdminister(req, clock());
  const values = await rolesPage(look, listPlace(req.query));
  show(req, res, 'people/organisations/grants/roles', values, { nav: navFor(look.actor) });
}

async function askAppointment(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await ask(deps, req, res, {});
}

async function makeAppointment(deps: WebDeps, req: Request, res: Response): Promise<void> {
  if (isToFindUnit(req.body)) return ask(deps, req, res, {});
  const now = deps.clock();
  const { organisation, actor, today } = await loadToAdminister(req, now);
  const units = await unitPaths(organisation.id);
  const form = readAppointment(req.body, { today, units, t: spoken });
  if (!form.ok) return ask(deps, req, res, form.errors);
  const { email, ...role } = form.value;
  const whom = await whomToAppoint(email, organisation.id, actor);
  if ('errors' in whom) return ask(deps, req, res, whom.errors);
  const appointed = { ...role, ...whom, organisationId: organisation.id };
  const refusal = appointmentErrors(await giveRole(appointed, { actorId: actor.id, now }));
  if (refusal) return ask(deps, req, res, refusal);
  res.redirect(303, `${rolesHome(organisation.id)}?done=role-given`);
}

async function ask(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
): Promise<void> {
  const look = await loadToAdminister(req, clock());
  const values = await appointmentPage(look, unitQuery(req.body), {
    values: typedAppointment(req.body),
    errors,
  });
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/grants/appointment', values, { status, nav: navFor(look.actor) });
}
