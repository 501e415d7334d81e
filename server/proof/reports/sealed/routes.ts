import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { authorise, can } from '../../../policy.js';
import { auditPack } from '../packs/audit-pack.js';
import { evidenceParts } from './evidence-hub.js';
import { holdFile, liftFileHold } from './hold-file.js';
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
  router.post(`${FILE}/hold`, on(hold));
  router.post(`${FILE}/hold/lifting`, on(lift));
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
  show(req, res, 'proof/reports/evidence/hub', values, { nav: navFor(actor) });
}

async function showAuditPack({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const values = { organisation: organisationHead(organisation, actor), ...hubOf(organisation.id) };
  show(req, res, 'proof/reports/evidence/audit-pack', values, { nav: navFor(actor) });
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
  await filePage(deps, { req, res }, await load(req), {});
}

async function filePage(
  { show }: WebDeps,
  { req, res }: { req: Request; res: Response },
  { file, organisation, actor }: Loaded,
  errors: Record<string, string>,
): Promise<void> {
  const mayHold = can(actor, 'organisation.administer', { organisationId: organisation.id });
  const values = {
    organisation: organisationHead(organisation, actor),
    ...hubOf(organisation.id),
    ...sealedValues(
      file,
      { since: kindOf(file)?.since, mayHold },
      { t: spoken, place: hereIn(organisation.timeZone) },
    ),
    ...{ why: typed(req.body, 'why'), errors },
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/reports/evidence/file', values, { status, nav: navFor(actor) });
}

async function download(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, actor } = await load(req);
  await sendSealed(deps, file, { req, res, actorId: actor.id });
}

async function remove({ config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, actor, organisation } = await load(req);
  if (file.heldAt !== null) throw new Conflict('The file is on legal hold');
  await removeSealed(file, config.dataDir, { actorId: actor.id, now: clock() });
  res.redirect(303, `${hubOf(organisation.id).hub}?done=file-removed`);
}

async function hold(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadToHold(req);
  const { file, actor } = loaded;
  const why = typed(req.body, 'why').trim();
  if (why === '' || why.length > 500)
    return filePage(deps, { req, res }, loaded, { why: spoken('evidence.hold.error') });
  if (!(await holdFile(file, why, { actorId: actor.id, now: deps.clock() })))
    throw new Conflict('The file is already on legal hold, or has been removed');
  res.redirect(303, `${sealedPath(file)}?done=file-held`);
}

async function lift({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { file, actor } = await loadToHold(req);
  if (!(await liftFileHold(file, { actorId: actor.id, now: clock() })))
    throw new Conflict('The file is not on legal hold');
  res.redirect(303, `${sealedPath(file)}?done=file-hold-lifted`);
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

type Loaded = Awaited<ReturnType<typeof load>>;

/** The same for those who administer the organisation: they alone place and lift holds. */
async function loadToHold(req: Request): Promise<Loaded> {
  const loaded = await load(req);
  authorise(loaded.actor, 'organisation.administer', { organisationId: loaded.organisation.id });
  return loaded;
}
