import { Router, type Request, type Response } from 'express';
import { Conflict } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { sentToPerson } from '../../reminders/duties/sent-to-person.js';
import { dayParts } from '../../../people/organisations/day-words.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { openMember } from '../../../people/organisations/people/open-member.js';
import { openRequirement } from '../rules/open-requirement.js';
import { blankExemption, readExemption, readMark, typedExemption } from './exemption-form.js';
import { endExemption, makeExemption } from './exemptions.js';
import { exemptionPage, markPage } from './exemption-pages.js';
import { markPerson } from './marks.js';
import type { OfAssignment } from './of-assignment.js';
import { meantBy, standingsOfPerson } from './requirements-of-person.js';
import { personRequirementsHome, personRequirementsPage } from './person-requirements-page.js';

const HOME = '/organisations/:id/people/:membershipId/requirements';
const ONE = `${HOME}/:requirementId`;

/** What is required of one person, and deciding about it by hand: exempting them, adding them, taking them out. */
export function exemptionRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showPerson));
  router.get(`${ONE}/exemption`, on(askExemption));
  router.post(`${ONE}/exemption`, on(exempt));
  router.post(`${ONE}/exemptions/:exemptionId/end`, on(end));
  router.get(`${ONE}/mark`, on(askMark));
  router.post(`${ONE}/mark`, on(mark));
  return router;
}

async function showPerson({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });
  const reminders = await sentToPerson(open.member.id, open.organisation.id);
  const values = { ...(await personRequirementsPage(open)), reminders };
  show(req, res, 'proof/requirements/person', values, { nav: navFor(open.actor) });
}

async function askExemption(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await toExempt(deps, req);
  await exemptionForm(deps, req, res, { deciding, errors: {} });
}

async function exempt(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await toExempt(deps, req);
  const { open, of } = deciding;
  const again = (errors: Record<string, string>) => exemptionForm(deps, req, res, { deciding, errors });
  const form = readExemption(req.body, open.today);
  if (!form.ok) return again(form.errors);
  const outcome = await makeExemption(of, form.value);
  if (outcome.kind === 'refused') return again({ from: spoken(`exemptions.error.${outcome.why}`) });
  res.redirect(303, `${personRequirementsHome(open)}?done=exemption-made`);
}

async function end(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, of } = await toDecide(deps, req);
  const { exemptionId } = req.params;
  if (!isId(exemptionId) || !(await endExemption(of, exemptionId))) throw new Conflict('It has ended');
  res.redirect(303, `${personRequirementsHome(open)}?done=exemption-ended`);
}

async function askMark(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await toDecide(deps, req);
  await markForm(deps, req, res, { deciding, errors: {} });
}

async function mark(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await toDecide(deps, req);
  const { open, of } = deciding;
  const form = readMark(req.body, open.today);
  if (!form.ok) return markForm(deps, req, res, { deciding, errors: form.errors });
  await markPerson(of, form.value.mark, form.value.fromDay);
  res.redirect(303, `${personRequirementsHome(open)}?done=person-marked`);
}

/** The person and the requirement, for those who may decide about this person; nobody decides about themselves. */
async function toDecide({ clock }: WebDeps, req: Request) {
  const now = clock();
  const open = await openMember(actorOf(req), req.params, { now, action: 'person.exempt' });
  const { actor, organisation, member } = open;
  const { requirementId, versions } = await openRequirement({ organisation }, req.params.requirementId);
  const of: OfAssignment = { organisation, requirementId, membershipId: member.id, actorId: actor.id, now };
  return { open, of, versions };
}

/** As `toDecide`. Throws Conflict where the requirement does not mean the person: an exemption would change nothing. */
async function toExempt(deps: WebDeps, req: Request) {
  const deciding = await toDecide(deps, req);
  const { organisation, member, today } = deciding.open;
  const standings = await standingsOfPerson(member.id, organisation.id);
  if (meantBy(deciding.of.requirementId, standings, today).means === 'no')
    throw new Conflict('This requirement does not apply to the person');
  return deciding;
}

interface Shown {
  readonly deciding: Awaited<ReturnType<typeof toDecide>>;
  readonly errors: Record<string, string>;
}

async function exemptionForm(
  deps: WebDeps,
  req: Request,
  res: Response,
  { deciding: { open, versions }, errors }: Shown,
): Promise<void> {
  const values = req.method === 'POST' ? typedExemption(req.body) : blankExemption(open.today);
  const page = await exemptionPage(open, { versions, action: req.path, values, errors });
  deps.show(req, res, 'proof/requirements/exemption', page, {
    status: statusOf(errors),
    nav: navFor(open.actor),
  });
}

async function markForm(
  deps: WebDeps,
  req: Request,
  res: Response,
  { deciding: { open, versions }, errors }: Shown,
): Promise<void> {
  const day = req.method === 'POST' ? typedDay(req.body, 'day') : dayParts(open.today);
  const values = { mark: typed(req.body, 'mark'), day };
  const page = await markPage(open, { versions, action: req.path, values, errors });
  deps.show(req, res, 'proof/requirements/mark', page, { status: statusOf(errors), nav: navFor(open.actor) });
}

const statusOf = (errors: Record<string, string>): number => (Object.keys(errors).length > 0 ? 422 : 200);
