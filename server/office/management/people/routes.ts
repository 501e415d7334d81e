import { Router, type Request, type Response } from 'express';
import { readExtraTime, typedExtraTime } from '../../admin/people/extra-time-form.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { findMember } from '../../../people/organisations/people/find-members.js';
import { placedMember } from '../../../people/organisations/reach.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { authorise } from '../../../policy.js';
import { agreeExtraTime } from '../../../teaching/quizzes/attempts/time/extra-time.js';
import { memberPage, type SeenMember, type SentExtraTime } from './member-page.js';
import { membersPage } from './members-page.js';

const PEOPLE = '/organisations/:id/people';
const PERSON = `${PEOPLE}/:membershipId`;

/** The people of an organisation, for those who manage them: found by name, and each alone. */
export function peopleOfOrganisation(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PEOPLE, on(listPeople));
  router.get(PERSON, on(showPerson));
  router.post(`${PERSON}/extra-times`, on(agree));
  return router;
}

async function listPeople({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toOpen(req);
  const asked = { query: typed(req.query, 'query').trim(), after: listPlace(req.query) };
  const values = await membersPage(actor, { organisationId: organisation.id, ...asked });
  const head = organisationHead(organisation, actor);
  show(
    req,
    res,
    'office/management/people/people',
    { organisation: head, ...values },
    { nav: navFor(actor) },
  );
}

async function showPerson(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, { values: {}, errors: {} });
}

/** Record that a person was promised extra time in this organisation. */
async function agree(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, member } = await load(req);
  const { userId, units } = member;
  if (userId === null) throw new NotFound();
  authorise(actor, 'person.extend', { userId, organisationId: organisation.id, units });
  await requireRunning(organisation.id, 'change');
  const here = { now: deps.clock(), timeZone: organisation.timeZone, t: spoken };
  const form = readExtraTime(req.body, [organisation], here);
  if (!form.ok) return page(deps, req, res, { values: typedExtraTime(req.body), errors: form.errors });
  const { organisationId, ...agreed } = form.value;
  await agreeExtraTime({ userId, organisationId }, agreed, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `/organisations/${organisation.id}/people/${member.id}?kept`);
}

const toOpen = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.people');

/** The person, for those who manage them; 404 to everybody else. */
async function load(req: Request) {
  const { organisation, actor } = await toOpen(req);
  const { membershipId } = req.params;
  const found = isId(membershipId) ? await findMember(organisation.id, membershipId) : null;
  const member: SeenMember | null = await placedMember(actor, found);
  authorise(actor, 'person.see', member && { ...member, userId: member.userId ?? '' });
  if (!member) throw new NotFound();
  return { organisation, actor, member };
}

async function page(deps: WebDeps, req: Request, res: Response, form: SentExtraTime): Promise<void> {
  const { organisation, actor, member } = await load(req);
  const look = { actor, organisation, now: deps.clock(), isLong: 'all' in req.query };
  const values = await memberPage(member, form, look);
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  const told = 'kept' in req.query;
  deps.show(
    req,
    res,
    'office/management/people/person',
    { ...values, isKept: told },
    { status, nav: navFor(actor) },
  );
}
