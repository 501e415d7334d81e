import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { authorise, signedIn, type Actor } from '../../../policy.js';
import { endRegrade, resumeRegrades } from './applying/apply.js';
import { confirmRegrade } from './applying/confirm-regrade.js';
import { previewAgain } from './preview/preview-regrade.js';
import { changesTable } from './regrade-csv.js';
import { linesInParts } from './regrade-lines.js';
import { concerns, mayName, regradePage } from './regrade-page.js';
import { regradeAddresses } from './regrade-texts.js';
import { findRegrade, type RegradeFacts } from './regrades.js';

/** A regrade from its preview on: what it would change, its confirmation, and its progress. */
export function regrades(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  const to = regradeAddresses(':id');
  router.use('/admin/regrades', administratorsOnly(deps.config));
  router.get(to.page, on(showRegrade));
  csvRoutes(router, to.file, on(sendChanges));
  router.post(to.preview, on(repeatPreview));
  router.post(to.application, on(confirm));
  router.post(to.continuation, on(resume));
  router.post(to.end, on(end));
  return router;
}

async function showRegrade(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, await load(req), null);
}

/** All changes as a file, written part by part. */
async function sendChanges({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = await load(req);
  const actor = reader(req);
  const file = { kind: 'regrade-changes', name: `regrade-${id}.csv`, filters: { regradeId: id } } as const;
  const by = { actorId: actor.id, organisationId: null, clock };
  await exportCsv({ req, res }, { ...file, ...changesTable(linesInParts(id), mayName(actor)) }, by);
}

async function repeatPreview(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const draft = await previewAgain(await load(req), by(deps, req));
  res.redirect(303, regradeAddresses(draft).page);
}

async function confirm(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const regrade = await load(req);
  const actor = reader(req);
  authorise(actor, 'regrade.apply', await concerns(actor, regrade));
  const confirmed = await confirmRegrade(regrade.id, by(deps, req));
  if (confirmed.kind === 'look-again') return page(deps, req, res, regrade, staleText(confirmed.came));
  await deps.settle();
  res.redirect(303, regradeAddresses(regrade.id).page);
}

async function resume({ clock, settle }: WebDeps, req: Request, res: Response): Promise<void> {
  const regrade = await load(req);
  await resumeRegrades(clock());
  await settle();
  res.redirect(303, regradeAddresses(regrade.id).page);
}

async function end(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const regrade = await load(req);
  if (regrade.state !== 'done') await endRegrade(regrade, by(deps, req));
  res.redirect(303, regradeAddresses(regrade.id).page);
}

async function load(req: Request): Promise<RegradeFacts> {
  const regrade = await findRegrade(req.params.id);
  // A preview that died half-way says nothing that may be relied on.
  if (regrade?.lookedAt == null) throw new NotFound();
  return regrade;
}

const reader = (req: Request): Actor => signedIn(actorOf(req));

const by = ({ clock }: WebDeps, req: Request) => ({ actorId: reader(req).id, now: clock() });

/** Why a preview cannot be confirmed: so many attempts were submitted since, or something else has changed. */
const staleText = (came: number): string =>
  came > 0 ? spoken('regrade.stale.came', { count: came }) : spoken('regrade.stale.other');

async function page(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  regrade: RegradeFacts,
  stale: string | null,
): Promise<void> {
  const look = { actor: reader(req), after: typed(req.query, 'after'), stale };
  const values = await regradePage(regrade, look, hereIn(config.timeZone));
  show(req, res, 'teaching/quizzes/regrading/regrade', values, {
    status: stale === null ? 200 : 409,
    nav: 'admin',
  });
}
