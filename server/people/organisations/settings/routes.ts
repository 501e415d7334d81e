import { Router, type Request, type Response } from 'express';
import { openRequestsOf } from '../../../teaching/courses/access/course-requests.js';
import { coursesHome } from '../../../teaching/courses/access/organisation-courses-page.js';
import { requestRow } from '../../../teaching/courses/access/request-page.js';
import { library } from '../../../teaching/courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken, spokenLocale } from '../../../platform/i18n/spoken.js';
import { can, type Actor } from '../../../policy.js';
import { changesToDecide } from '../../../proof/requirements/changes/changes-to-decide.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { changeOrganisation } from './keep-organisations.js';
import { findMembers } from '../people/find-members.js';
import { homeValues, profileChoices } from './organisation-values.js';
import { profileTexts, readProfile, typedProfile, type ProfileTexts } from './profile-form.js';
import { organisationToOpen } from './open-organisation.js';

const HOME = '/organisations/:id';
const SETTINGS = `${HOME}/settings`;

/** An organisation's own pages: what it is, and its settings. */
export function organisationPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showHome));
  router.get(SETTINGS, on(showSettings));
  router.post(SETTINGS, on(save));
  return router;
}

async function showHome({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const { hotlines } = await library();
  const mayAdminister = can(actor, 'organisation.administer', { organisationId: organisation.id });
  const values = homeValues(organisation, hotlines.countries, spokenLocale());
  const shown = {
    organisation: organisationHead(organisation, actor),
    steps: mayAdminister ? await firstSteps(organisation.id, actor) : [],
    changes: mayAdminister ? await changesToDecide(organisation.id) : [],
    requests: mayAdminister ? await requestsToAnswer(organisation.id, actor, config.timeZone) : [],
    coursesHref: organisation.kind === 'open' ? null : coursesHome(organisation.id),
    log: mayAdminister ? `/organisations/${organisation.id}/log` : null,
    ...values,
  };
  show(req, res, 'people/organisations/settings/home', shown, { nav: navFor(actor) });
}

/** The requests for restricted courses that this reader answers. */
async function requestsToAnswer(organisationId: string, actor: Actor, timeZone: string) {
  const requests = await openRequestsOf(organisationId);
  const words = { place: hereIn(timeZone), t: spoken };
  return requests
    .map(request => requestRow(request, actor, words))
    .filter(({ answerHref }) => answerHref !== null);
}

/** What to do first in an organisation in which nobody is yet. */
async function firstSteps(organisationId: string, actor: Actor) {
  const [somebody] = await findMembers(actor, { organisationId, query: '', after: '', limit: 1 });
  return somebody
    ? []
    : FIRST_STEPS.map(([step, path]) => ({ step, href: `${HOME.replace(':id', organisationId)}${path}` }));
}

/** In this order: name (of its texts), and address below the organisation's. */
const FIRST_STEPS = [
  ['people', '/roster'],
  ['invite', '/invitations'],
  ['join', '/joining'],
  ['role', '/roles'],
  ['require', '/requirements'],
] as const;

async function showSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await toKeep(req);
  await page(deps, req, res, profileTexts(organisation), {});
}

async function save(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const { hotlines } = await library();
  // The open organisation is called as the settings of the installation say; its form does not ask.
  const { name, timeZone } = profileTexts(organisation);
  const body: unknown = organisation.kind === 'open' ? { ...req.body, name, timeZone } : req.body;
  const form = readProfile(
    body,
    hotlines.countries.map(({ code }) => code),
  );
  if (!form.ok) return page(deps, req, res, typedProfile(body), form.errors);
  await changeOrganisation(organisation.id, form.value, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `/organisations/${organisation.id}/settings?done=settings`);
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  values: ProfileTexts,
  errors: Record<string, string>,
): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const { hotlines } = await library();
  const shown = {
    organisation: organisationHead(organisation, actor),
    fixed: organisation.kind === 'open',
    values,
    errors,
    choices: profileChoices(hotlines.countries, spokenLocale()),
    action: `/organisations/${organisation.id}/settings`,
    sections: sectionsOf(organisation.id, actor),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/settings/settings', shown, { status, nav: navFor(actor) });
}

const toKeep = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

/** By the names of their texts; addresses are below the organisation's. */
const SECTIONS = [
  ['certificates', 'settings/certificates'],
  ['branding', 'settings/branding'],
  ['reporting-lines', 'settings/reporting-lines'],
  ['sign-in', 'sign-in'],
  ['directory', 'provisioning'],
  ['tokens', 'tokens'],
  ['suspension', 'settings/suspension'],
] as const;

/** The settings that have a page of their own; only administrators of the installation pause training. */
const sectionsOf = (id: string, { isAdministrator }: Actor) =>
  SECTIONS.filter(([section]) => isAdministrator || section !== 'suspension').map(([section, path]) => ({
    href: `/organisations/${id}/${path}`,
    text: spoken(`organisations.section.${section}`),
    hint: spoken(`organisations.sectionHint.${section}`),
  }));
