import { Router, type Request, type Response } from 'express';
import { courseByNumber } from '../../../teaching/courses/catalogue.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter, type DayParts } from '../../../platform/lib/days.js';
import { dayParts } from '../../../people/organisations/day-words.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { draftAddress } from '../rehearsal/rehearsal-page.js';
import { rehearseNext } from '../rehearsal/rehearse-drafts.js';
import { openRequirements, requirementsHome, type OpenRequirements } from '../rules/open-requirement.js';
import { changedRule, openChanges, takeAsMinor, type OpenChange } from './open-changes.js';

const HOME = '/organisations/:id/requirements/changes/:versionId';

/** How many days people are given, unless somebody types another day. */
const USUAL_TIME = 60;

/** A material change of a course, as an organisation decides on it: who has to learn it again, by when, or nobody. */
export function changeRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(ask));
  router.post(HOME, on(askAnew));
  router.post(`${HOME}/minor`, on(refuse));
  return router;
}

interface Deciding extends OpenChange {
  readonly open: OpenRequirements;
}

async function load({ clock }: WebDeps, req: Request): Promise<Deciding> {
  const { id, versionId } = req.params;
  const open = await openRequirements(actorOf(req), id, { now: clock(), action: 'organisation.administer' });
  const found = (await openChanges(open.organisation.id)).find(
    ({ change }) => change.courseVersionId === versionId,
  );
  if (!found) throw new NotFound();
  return { open, ...found };
}

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await load(deps, req);
  const requirement = deciding.requirements[0]?.requirementId ?? '';
  const by = dayParts(daysAfter(deciding.open.today, USUAL_TIME));
  await page(deps, req, res, deciding, { values: { requirement, by }, errors: {} });
}

/** Leads to the rehearsal of the requirement that asks for the new version. */
async function askAnew(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const deciding = await load(deps, req);
  const { open, change, requirements } = deciding;
  const values = { requirement: typed(req.body, 'requirement'), by: typedDay(req.body, 'by') };
  const chosen = requirements.find(({ requirementId }) => requirementId === values.requirement);
  const by = dayFrom(values.by);
  const errors = {
    ...(chosen ? {} : { requirement: spoken('requirements.courseChange.error.requirement') }),
    ...(by && by > open.today ? {} : { by: spoken('requirements.courseChange.error.by') }),
  };
  if (!chosen || !by || Object.keys(errors).length > 0)
    return page(deps, req, res, deciding, { values, errors });
  const { title, rule } = chosen.newest;
  const composed = { title, rule: changedRule(rule, change, by), fromDay: open.today };
  const { organisation, actor, now } = open;
  await requireRunning(organisation.id, 'change');
  const draftId = await rehearseNext(chosen, composed, { organisation, actorId: actor.id, now });
  res.redirect(303, draftAddress(organisation.id, draftId));
}

async function refuse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, change } = await load(deps, req);
  const { organisation, actor, now } = open;
  await requireRunning(organisation.id, 'change');
  await takeAsMinor(organisation.id, change, { actorId: actor.id, now });
  res.redirect(303, `${requirementsHome(organisation.id)}?done=change-minor`);
}

interface Sent {
  readonly values: { readonly requirement: string; readonly by: DayParts };
  readonly errors: Record<string, string>;
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, change, requirements }: Deciding,
  sent: Sent,
): Promise<void> {
  const { organisation, actor } = open;
  const course = await courseByNumber(change.courseSlug, change.number);
  const home = requirementsHome(organisation.id);
  const here = `${home}/changes/${change.courseVersionId}`;
  const values = {
    organisation: organisationHead(organisation, actor),
    back: home,
    course: course?.snapshot.title ?? change.courseSlug,
    version: change.number,
    says: change.says,
    requirements: requirements.map(({ requirementId, newest }) => ({
      value: requirementId,
      label: newest.title,
    })),
    action: here,
    minorAction: `${here}/minor`,
    ...sent,
  };
  const status = Object.keys(sent.errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/requirements/change', values, { status, nav: navFor(actor) });
}
