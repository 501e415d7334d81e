import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../../people/organisations/settings/open-organisation.js';
import { askForFile, findSealed, sealedPath } from '../../sealed/sealed-files.js';
import { openRule } from '../open-rule.js';
import { ruleReport } from './report-file.js';
import { offeredPeriods, reportPage } from './report-page.js';
import { askedPeriod } from './report-period.js';
import { paramsFor, type ReportParams } from './report-scope.js';
import { sincePage } from './since-sealed.js';

const HOME = '/organisations/:id/evidence/rules/:rule/report';

/** Reports on a rule: as counted now, sealed for good, and what has changed since then. */
export function ruleReportPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showReport));
  router.post(HOME, on(seal));
  router.get(`${HOME}/since/:file`, on(showSince));
  return router;
}

async function showReport({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, today, now, open, otherwise } = await load(clock, req);
  const asked = askedPeriod(req.query, otherwise);
  const page = await reportPage(open, { organisation, today, now, asked });
  const values = { organisation: organisationHead(organisation, actor), ...page };
  show(req, res, 'proof/reports/rules/report', values, {
    status: asked.wrong.length > 0 ? 422 : 200,
    nav: navFor(actor),
  });
}

async function seal({ clock, settle }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, now, open, otherwise } = await load(clock, req);
  const { period } = askedPeriod(req.body, otherwise);
  if (!period) throw new NotFound();
  const asked = { organisationId: organisation.id, params: paramsFor(open, period) };
  const id = await askForFile(ruleReport, asked, { actorId: actor.id, now });
  await settle();
  res.redirect(303, sealedPath({ id, organisationId: organisation.id }));
}

async function showSince({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, open, now } = await load(clock, req);
  const file = isId(req.params.file) ? await findSealed(req.params.file) : null;
  const isOwn =
    file?.organisationId === organisation.id && file.kind === ruleReport.kind && file.state === 'ready';
  if (!isOwn || (JSON.parse(file.params) as ReportParams).rule !== open.rule.id) throw new NotFound();
  const back = `/organisations/${organisation.id}/evidence/rules/${open.rule.id}/report`;
  const page = await sincePage(file, { actor, organisation, now });
  const values = {
    organisation: organisationHead(organisation, actor),
    back,
    title: open.rule.title,
    ...page,
  };
  show(req, res, 'proof/reports/rules/since', values, { nav: navFor(actor) });
}

/** The rule in the address, for whoever manages the organisation; 404 for everybody else. */
async function load(clock: WebDeps['clock'], req: Request) {
  const opened = await organisationToOpen(actorOf(req), req.params.id, 'organisation.manage');
  const now = clock();
  const today = dayOf(now, opened.organisation.timeZone);
  const open = await openRule(opened.organisation.id, req.params.rule, { today, now });
  const [first] = offeredPeriods(open.rule, today);
  const otherwise = first?.period ?? { from: today, last: today };
  return { ...opened, now, today, open, otherwise };
}
