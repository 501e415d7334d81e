import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../../people/organisations/settings/open-organisation.js';
import { askForFile, findSealed, sealedFilesOf, sealedPath } from '../../sealed/sealed-files.js';
import { sealedRows } from '../../sealed/sealed-page.js';
import { evidencePack } from './evidence-pack.js';
import { blankPack, readPack, typedPack } from './pack-form.js';
import { packTopic, type EvidenceParams } from './pack-scope.js';
import { differencesSince } from './since-then.js';
import { sinceValues } from './since-page.js';

const HOME = '/organisations/:id/evidence';
/** Packs in the list below the form. */
const LISTED = 20;

/** Evidence packs: asked for, and what has changed since. For those who administer the whole organisation. */
export function evidencePackRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${HOME}/packs`, on(showForm));
  router.post(`${HOME}/packs`, on(ask));
  router.get(`${HOME}/files/:file/since`, on(showSince));
  return router;
}

const showForm = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, null);

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, choices } = await load(deps, req);
  const read = readPack(req.body, choices);
  if (!read.ok) return page(deps, req, res, read.errors);
  const organisationId = organisation.id;
  const by = { actorId: actor.id, now: deps.clock() };
  const id = await askForFile(evidencePack, { organisationId, params: read.params }, by);
  await deps.settle();
  res.redirect(303, sealedPath({ id, organisationId }));
}

async function page(
  deps: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string> | null,
): Promise<void> {
  const { organisation, actor, choices, requirements } = await load(deps, req);
  const home = `/organisations/${organisation.id}/evidence`;
  const files = await sealedFilesOf(organisation.id, { kinds: [evidencePack.kind], limit: LISTED });
  const values = {
    ...{
      organisation: organisationHead(organisation, actor),
      hub: home,
      action: `${home}/packs`,
      requirements,
    },
    values: errors ? typedPack(req.body) : blankPack(choices),
    files: sealedRows(files, { t: spoken, place: hereIn(organisation.timeZone) }),
    errors: errors ?? {},
  };
  deps.show(req, res, 'proof/reports/evidence/packs', values, {
    status: errors ? 422 : 200,
    nav: navFor(actor),
  });
}

async function showSince(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(deps, req);
  const file = isId(req.params.file) ? await findSealed(req.params.file) : null;
  if (file?.organisationId !== organisation.id || file.kind !== evidencePack.kind) throw new NotFound();
  const { organisationId } = file;
  const params = JSON.parse(file.params) as EvidenceParams;
  const topic = await packTopic({ organisationId, params, knownAt: Number(file.knownAt) });
  const differences = await differencesSince(topic);
  const values = {
    organisation: organisationHead(organisation, actor),
    ...sinceValues(file, topic, { differences, t: spoken, place: hereIn(organisation.timeZone) }),
  };
  deps.show(req, res, 'proof/reports/evidence/since', values, { nav: navFor(actor) });
}

const EVERYTHING: EvidenceParams = { from: '', to: '', requirementIds: [], names: false };

async function load({ clock }: WebDeps, req: Request) {
  const action = 'organisation.administer';
  const { organisation, actor } = await organisationToOpen(actorOf(req), req.params.id, action);
  const { id: organisationId } = organisation;
  const { requirements } = await packTopic({ organisationId, params: EVERYTHING, knownAt: clock() });
  const today = dayOf(clock(), organisation.timeZone);
  return {
    organisation,
    actor,
    requirements,
    choices: { today, requirementIds: requirements.map(({ id }) => id) },
  };
}
