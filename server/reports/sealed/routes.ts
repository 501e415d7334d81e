import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { handlersWith } from '../../http/handlers.js';
import { actorOf } from '../../http/page.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { isId } from '../../lib/ids.js';
import { navFor } from '../../organisations/navigation.js';
import { organisationHead } from '../../organisations/organisation-tabs.js';
import { organisationToOpen } from '../../organisations/settings/open-organisation.js';
import { can } from '../../policy.js';
import { auditPack } from '../packs/audit-pack.js';
import { evidenceParts } from './evidence-hub.js';
import { removeSealed } from './make-sealed.js';
import { sendSealed } from './routes-send.js';
import { askForFile, findSealed, sealedFilesOf, sealedPath } from './sealed-files.js';
import { kindOf, SEALED_KINDS } from './sealed-kinds.js';
import { sealedRows, sealedValues } from './sealed-page.js';

const HOME = '/organisations/:id/evidence';
const FILE = `${HOME}/files/:file`;
/** Files in the list of an organisation. */
const LISTED = 50;

/** What an organisation shows to whoever inspects it, and the files that were made for that. */
export function evidencePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showHub));
  router.get(`${HOME}/audit-pack`, on(showAuditPack));
  router.post(`${HOME}/audit-pack`, on(askForAuditPack));
  router.get(FILE, on(showFile));
  router.get(`${FILE}/download`, on(download));
  router.post(`${FILE}/removal`, on(remove));
  return router;
}

async function showHub({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const { id: organisationId, timeZone } = organisation;
  const kinds = SEALED_KINDS.filter(({ action }) => can(actor, action, { organisationId }));
  const files = await sealedFilesOf(organisationId, { kinds: kinds.map(({ kind }) => kind), limit: LISTED });
  const values = {
    organisation: organisationHead(organisation, actor),
    parts: evidenceParts(organisationId, actor),
    files: sealedRows(files, { t: spoken, place: hereIn(timeZone) }),
  };
  show(req, res, 'reports/evidence/hub', values, { nav: navFor(actor) });
}

async function showAuditPack({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const values = { organisation: organisationHead(organisation, actor), ...hubOf(organisation.id) };
  show(req, res, 'reports/evidence/audit-pack', values, { nav: navFor(actor) });
}

async function askForAuditPack({ clock, settle }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const organisationId = organisation.id;
  const by = { actorId: actor.id, now: clock() };
  const id = await askForFile(auditPack, { organisationId, params: {} }, by);
  await settle();
  res.redirect(303, sealedPath({ id, organisationId }));
}

async function showFile(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, organisation, actor } = await load(req);
  const values = {
    organisation: organisationHead(organisation, actor),
    ...hubOf(organisation.id),
    ...sealedValues(file, kindOf(file)?.since, { t: spoken, place: hereIn(organisation.timeZone) }),
  };
  deps.show(req, res, 'reports/evidence/file', values, { nav: navFor(actor) });
}

async function download(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, actor } = await load(req);
  await sendSealed(deps, file, { req, res, actorId: actor.id });
}

async function remove({ config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, actor, organisation } = await load(req);
  await removeSealed(file, config.dataDir, { actorId: actor.id, now: clock() });
  res.redirect(303, `${hubOf(organisation.id).hub}?done=file-removed`);
}

const hubOf = (organisationId: string) => ({ hub: `/organisations/${organisationId}/evidence` });

/** A file of the organisation in the address, for somebody who may see files of its kind there. */
async function load(req: Request) {
  const asked = isId(req.params.file) ? await findSealed(req.params.file) : null;
  const file = asked?.organisationId === req.params.id ? asked : null;
  const kind = file && kindOf(file);
  const action = kind?.action ?? 'organisation.administer';
  const opened = await organisationToOpen(actorOf(req), req.params.id, action);
  if (!file) throw new NotFound();
  return { file, ...opened };
}
