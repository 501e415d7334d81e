import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken, spokenLocale } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import type { Actor } from '../../../policy.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { unitSpans } from '../units/stored-units.js';
import { isToFindUnit, unitChoice, unitQuery, type UnitChoice } from '../units/unit-choice.js';
import { unitOptions } from '../units/unit-options.js';
import { unitsInOrder } from '../units/unit-order.js';
import { findMember } from './find-members.js';
import type { MemberRefusal } from './member-refusals.js';
import { listedEmail } from './member-words.js';
import { addMember, changeMember, type MemberOutcome } from './members.js';
import { openMember } from './open-member.js';
import { knownDetails, readDetails, typedDetails } from './person-details.js';

const PEOPLE = '/organisations/:id/people';
const NEW = `${PEOPLE}/new`;
const DETAILS = `${PEOPLE}/:membershipId/details`;

type Details = ReturnType<typeof typedDetails>;

/** Somebody new, one at a time, and what is known of a person by name: a roster does the same for many. */
export function personDetails(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(NEW, on(askForNew));
  router.post(NEW, on(add));
  router.get(DETAILS, on(askForDetails));
  router.post(DETAILS, on(correct));
  return router;
}

const askForNew = async (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  newPage(deps, req, res, { values: typedDetails({}), errors: {} });

async function add(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  if (isToFindUnit(req.body)) return newPage(deps, req, res, { values: typedDetails(req.body), errors: {} });
  const now = deps.clock();
  const today = dayOf(now, organisation.timeZone);
  const form = readDetails(req.body, today);
  if (!form.ok) return newPage(deps, req, res, { values: typedDetails(req.body), errors: form.errors });
  const { person, hiredOn, home } = form.value;
  const fromDay = hiredOn !== null && hiredOn < today ? hiredOn : today;
  const added = { person, ...(hiredOn && { hiredOn }), ...(home && { home }) };
  const outcome = await addMember({ organisation, fromDay, actorId: actor.id, now }, added);
  if (outcome.kind === 'refused')
    return newPage(deps, req, res, { values: typedDetails(req.body), errors: refusal(outcome.reason) });
  res.redirect(303, `${peopleOf(organisation)}/${outcome.membershipId}?done=person-added`);
}

async function askForDetails(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, membershipId } = await toCorrect(deps, req);
  const known = await findMember(organisation.id, membershipId);
  if (!known) throw new NotFound();
  const { name, accountName, staffNumber, hiredOn } = known;
  const person = { name: name ?? accountName ?? '', email: listedEmail(known), staffNumber };
  await detailsPage(deps, req, res, { values: knownDetails({ person, hiredOn }), errors: {} });
}

async function correct(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, membershipId } = await toCorrect(deps, req);
  const now = deps.clock();
  const fromDay = dayOf(now, organisation.timeZone);
  const form = readDetails(req.body, fromDay);
  if (!form.ok) return detailsPage(deps, req, res, { values: typedDetails(req.body), errors: form.errors });
  const { person, hiredOn } = form.value;
  const of = { organisation, membershipId, fromDay, actorId: actor.id, now };
  const outcome: MemberOutcome = await changeMember(of, { person, ...(hiredOn && { hiredOn }) });
  if (outcome.kind === 'refused')
    return detailsPage(deps, req, res, { values: typedDetails(req.body), errors: refusal(outcome.reason) });
  res.redirect(303, `${peopleOf(organisation)}/${membershipId}?done=person-corrected`);
}

const toKeep = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

/** The person, for those who may change them; nobody corrects their own. */
async function toCorrect({ clock }: WebDeps, req: Request) {
  const { organisation, actor, member } = await openMember(actorOf(req), req.params, {
    now: clock(),
    action: 'person.place',
  });
  return { organisation, actor, membershipId: member.id };
}

const peopleOf = ({ id }: { id: string }): string => `/organisations/${id}/people`;

function refusal(reason: MemberRefusal): Record<string, string> {
  if (reason === 'number-taken') return { staffNumber: spoken('errors.staff-number-taken') };
  if (reason === 'merged') return { name: spoken('errors.merged-person') };
  if (reason === 'unit-closed') return { unit: spoken('errors.unit-closed') };
  throw new NotFound();
}

/** What the form shows: what was typed, and what has to be corrected. */
interface Sent {
  readonly values: Details;
  readonly errors: Record<string, string>;
}

async function newPage(deps: WebDeps, req: Request, res: Response, sent: Sent): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const spans = await unitSpans(organisation.id);
  const open = unitsInOrder(spans, dayOf(deps.clock(), organisation.timeZone), spokenLocale());
  const wanted = { chosen: sent.values.unit, query: unitQuery(req.body) };
  const units = unitChoice(await unitOptions(organisation.id, open), wanted);
  const back = peopleOf(organisation);
  page(deps, req, res, { organisation, actor, isNew: true, back, action: `${back}/new`, units, ...sent });
}

async function detailsPage(deps: WebDeps, req: Request, res: Response, sent: Sent): Promise<void> {
  const { organisation, actor, membershipId } = await toCorrect(deps, req);
  const back = `${peopleOf(organisation)}/${membershipId}`;
  page(deps, req, res, {
    organisation,
    actor,
    isNew: false,
    back,
    action: `${back}/details`,
    units: unitChoice([], { chosen: '', query: '' }),
    ...sent,
  });
}

interface Form extends Sent {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  readonly isNew: boolean;
  readonly back: string;
  readonly action: string;
  readonly units: UnitChoice;
}

function page({ show }: WebDeps, req: Request, res: Response, { organisation, actor, ...form }: Form): void {
  const values = { organisation: organisationHead(organisation, actor), ...form };
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/people/details', values, { status, nav: navFor(actor) });
}
