import { Router, type Request, type Response } from 'express';
import { Conflict } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { dayParts } from '../../../people/organisations/day-words.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { can } from '../../../policy.js';
import { recordApproval, removeApproval } from './approvals.js';
import { coverageTable } from './coverage-csv.js';
import { openRule } from './open-rule.js';
import { readApproval, readRuleChoice, typedApproval, typedChoice } from './rule-forms.js';
import { ruleAddresses, rulePage } from './rule-page.js';
import { chooseRule } from './rule-choices.js';
import { claimText } from './rule-texts.js';
import { rulesHome, rulesPage } from './rules-page.js';

const HOME = '/organisations/:id/evidence/rules';
const ONE = `${HOME}/:rule`;

/** Rules that ask for training: what they ask for, what the courses carry of it, and what an organisation says of them. */
export function rulePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showRules));
  router.get(ONE, on(showRule));
  csvRoutes(router, `${ONE}/coverage.csv`, on(sendCoverage));
  router.get(`${ONE}/choice`, on(askChoice));
  router.post(`${ONE}/choice`, on(choose));
  router.get(`${ONE}/approval`, on(askApproval));
  router.post(`${ONE}/approval`, on(approve));
  router.post(`${ONE}/approval/:approval/removal`, on(takeBack));
  return router;
}

async function showRules({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const hub = `/organisations/${organisation.id}/evidence`;
  const now = clock();
  const values = {
    organisation: organisationHead(organisation, actor),
    hub,
    ...(await rulesPage(organisation.id, { today: dayOf(now, organisation.timeZone), now })),
  };
  show(req, res, 'proof/reports/rules/rules', values, { nav: navFor(actor) });
}

async function showRule({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, today, open, back } = await load(clock, req, 'organisation.manage');
  const organisationId = organisation.id;
  const mayChange = can(actor, 'organisation.administer', { organisationId });
  const page = await rulePage(open, { organisationId, mayChange, today, now: clock() });
  const values = { organisation: organisationHead(organisation, actor), back, ...page };
  show(req, res, 'proof/reports/rules/rule', values, { nav: navFor(actor) });
}

/** Every lesson and question that carries a topic, as a file. */
async function sendCoverage({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, open } = await load(clock, req, 'organisation.manage');
  const { id: ruleId } = open.rule;
  const file = { kind: 'rule-coverage', name: `${ruleId}-coverage.csv`, filters: { ruleId } } as const;
  const by = { actorId: actor.id, organisationId: organisation.id, clock };
  await exportCsv({ req, res }, { ...file, ...coverageTable(open) }, by);
}

async function askChoice(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await choiceForm(deps, req, res, {});
}

async function choose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, open, to } = await load(deps.clock, req, 'organisation.administer');
  const form = readRuleChoice(req.body, open);
  if (!form.ok) return choiceForm(deps, req, res, form.errors);
  await chooseRule(form.value, { organisationId: organisation.id, actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${to.page}?done=rule-chosen`);
}

async function choiceForm(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
) {
  const { organisation, actor, open, to } = await load(clock, req, 'organisation.administer');
  const { rule, chosen, requirements } = open;
  const kept = {
    concerns: chosen === null ? '' : chosen.concerns ? 'yes' : 'no',
    ...{ requirements: [...(chosen?.requirements ?? [])], note: chosen?.note ?? '' },
  };
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: to.page, title: rule.title, action: to.choice, requirements: [...requirements], errors },
    said: claimText(rule, false, spoken),
    values: req.method === 'POST' ? typedChoice(req.body, open) : kept,
  };
  show(req, res, 'proof/reports/rules/choice', values, { status: statusOf(errors), nav: navFor(actor) });
}

async function askApproval(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await approvalForm(deps, req, res, {});
}

async function approve(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, open, to } = await load(deps.clock, req, 'organisation.administer');
  const form = await readApproval(req.body, open);
  if (!form.ok) return approvalForm(deps, req, res, form.errors);
  await recordApproval(form.value, { organisationId: organisation.id, actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${to.page}?done=approval-recorded`);
}

async function approvalForm(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
) {
  const { organisation, actor, open, to, today } = await load(clock, req, 'organisation.administer');
  const { rule, courses } = open;
  const [only] = courses;
  const blank = {
    ...{ authority: '', number: '', from: dayParts(today), last: dayParts('') },
    course: courses.length === 1 && only ? only.snapshot.slug : '',
    version: courses.length === 1 && only ? String(only.number) : '',
  };
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: to.page, title: rule.title, action: to.approval, errors },
    courses: courses.map(({ snapshot }) => ({ value: snapshot.slug, label: snapshot.title })),
    values: req.method === 'POST' ? typedApproval(req.body) : blank,
  };
  show(req, res, 'proof/reports/rules/approval', values, { status: statusOf(errors), nav: navFor(actor) });
}

async function takeBack({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, to } = await load(clock, req, 'organisation.administer');
  const { approval } = req.params;
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  if (!isId(approval) || !(await removeApproval(approval, by)))
    throw new Conflict('It has already been removed');
  res.redirect(303, `${to.page}?done=approval-removed`);
}

const statusOf = (errors: Record<string, string>): number => (Object.keys(errors).length > 0 ? 422 : 200);

/** The rule in the address, for whoever may do this in the organisation; 404 for everybody else. */
async function load(
  clock: WebDeps['clock'],
  req: Request,
  action: 'organisation.manage' | 'organisation.administer',
) {
  const { organisation, actor } = await organisationToOpen(actorOf(req), req.params.id, action);
  const now = clock();
  const today = dayOf(now, organisation.timeZone);
  const open = await openRule(organisation.id, req.params.rule, { today, now });
  const to = ruleAddresses(organisation.id, open.rule.id);
  return { organisation, actor, today, open, to, back: rulesHome(organisation.id) };
}
