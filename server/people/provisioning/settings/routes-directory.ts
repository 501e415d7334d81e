import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../../organisations/navigation.js';
import { organisationHead } from '../../organisations/organisation-tabs.js';
import { organisationToOpen } from '../../organisations/settings/open-organisation.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../organisations/units/unit-choice.js';
import { unitOption, unitPaths } from '../../organisations/units/unit-options.js';
import { findGroup } from '../groups/stored-groups.js';
import { keepDirectorySettings, settingsOf } from './directories.js';
import { giveMeaning, MEANINGS } from './group-meaning.js';
import { provisioningHome, settingsForm, settingsPage } from './settings-page.js';

const HOME = '/organisations/:id/provisioning';
const GROUP = `${HOME}/groups/:group`;

/** How an organisation's directory is connected: for those who administer the organisation. */
export function provisioningPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showSettings));
  router.post(HOME, on(choose));
  router.get(GROUP, on(askForMeaning));
  router.post(GROUP, on(mean));
  return router;
}

async function showSettings(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await load(req);
  await homePage(deps, req, res, { values: await settingsOf(organisation.id), errors: {} });
}

async function choose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const form = parseForm(settingsForm, req.body, spoken);
  const values = { unitFrom: typed(req.body, 'unitFrom'), invites: typed(req.body, 'invites') === 'yes' };
  if (!form.ok) return homePage(deps, req, res, { values, errors: form.errors });
  const by = { organisationId: organisation.id, actorId: actor.id, now: deps.clock() };
  await keepDirectorySettings(form.value, by);
  res.redirect(303, `${provisioningHome(organisation.id)}?done=settings`);
}

async function homePage(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  shown: { values: { unitFrom: string; invites: boolean }; errors: Record<string, string> },
): Promise<void> {
  const { organisation, actor } = await load(req);
  const { values, errors } = shown;
  const page = await settingsPage(
    organisation.id,
    `${config.baseUrl}/scim/v2`,
    hereIn(organisation.timeZone),
  );
  const head = organisationHead(organisation, actor);
  const chosen = { unitFrom: values.unitFrom, invites: values.invites };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(
    req,
    res,
    'people/provisioning/settings',
    { ...page, organisation: head, values: chosen, errors },
    { status, nav: navFor(actor) },
  );
}

async function askForMeaning(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { group } = await loadGroup(req);
  const values = { means: group.means ?? 'nothing', unit: group.unitId ?? '' };
  await groupPage(deps, req, res, { values, errors: {} });
}

async function mean(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, group } = await loadGroup(req);
  const values = { means: typed(req.body, 'means'), unit: typed(req.body, 'unit') };
  if (isToFindUnit(req.body)) return groupPage(deps, req, res, { values, errors: {} });
  const means = MEANINGS.find(each => each === values.means) ?? null;
  const isOpen = (await unitPaths(organisation.id)).some(({ id }) => id === values.unit);
  const errors = {
    ...(means === null && values.means !== 'nothing' && { means: spoken('errors.group-means') }),
    ...(means === 'place' && !isOpen && { unit: spoken('errors.group-unit') }),
    ...(means !== 'place' && values.unit !== '' && !isOpen && { unit: spoken('errors.unit') }),
  };
  if (Object.keys(errors).length > 0) return groupPage(deps, req, res, { values, errors });
  const unitId = means === null ? null : values.unit || null;
  await giveMeaning(group, { means, unitId }, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${provisioningHome(organisation.id)}?done=group-meant`);
}

async function groupPage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { values, errors }: { values: { means: string; unit: string }; errors: Record<string, string> },
): Promise<void> {
  const { organisation, actor, group } = await loadGroup(req);
  const units = (await unitPaths(organisation.id)).map(unitOption);
  const shown = {
    organisation: organisationHead(organisation, actor),
    name: group.displayName,
    back: provisioningHome(organisation.id),
    action: `${provisioningHome(organisation.id)}/groups/${group.id}`,
    meanings: ['nothing' as const, ...MEANINGS].map(value => ({
      value,
      text: spoken(`provisioning.means.${value}`),
    })),
    units: unitChoice(units, { chosen: values.unit, query: unitQuery(req.body) }),
    values,
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/provisioning/group', shown, { status, nav: navFor(actor) });
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function loadGroup(req: Request) {
  const { organisation, actor } = await load(req);
  const group = await findGroup(organisation.id, req.params.group);
  if (!group) throw new NotFound();
  return { organisation, actor, group };
}
