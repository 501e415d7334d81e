import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { isToFindUnit, unitQuery } from '../../../../people/organisations/units/unit-choice.js';
import { requireRunning } from '../../../../people/organisations/settings/suspension.js';
import { findDraft, replaceDraft, type NewDraft } from '../../rehearsal/requirement-drafts.js';
import { rehearseNext } from '../../rehearsal/rehearse-drafts.js';
import { draftAddress } from '../../rehearsal/rehearsal-page.js';
import { composerPage } from './composer-page.js';
import { knownFor } from '../known-in-organisation.js';
import { openRequirement, openRequirements, type OpenRequirements } from '../open-requirement.js';
import { newestVersion, type StoredVersion } from '../requirement-versions.js';
import { ruleFault } from '../rule-faults.js';
import { readRule } from './rule-form.js';
import { nextRule, REQUIREMENT_STEPS } from './requirement-steps.js';
import { blankRule, shownRule, typedRule, type TypedRule } from './typed-rule.js';

const HOME = '/organisations/:id/requirements';

/** Composing a requirement, and changing, pausing, ending and reopening one. Each leads to its rehearsal. */
export function composerRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${HOME}/new`, on(ask));
  router.post(`${HOME}/new`, on(compose));
  router.get(`${HOME}/:requirementId/change`, on(ask));
  router.post(`${HOME}/:requirementId/change`, on(compose));
  router.post(`${HOME}/:requirementId/steps`, on(takeStep));
  return router;
}

/** What is composed: a new requirement, or the next version of one. */
interface Composing {
  readonly open: OpenRequirements;
  readonly requirementId: string | null;
  readonly versions: readonly StoredVersion[];
  readonly newest: StoredVersion | null;
}

async function load({ clock }: WebDeps, req: Request): Promise<Composing> {
  const { id, requirementId: asked } = req.params;
  const open = await openRequirements(actorOf(req), id, { now: clock(), action: 'organisation.administer' });
  if (asked === undefined) return { open, requirementId: null, versions: [], newest: null };
  const { requirementId, versions } = await openRequirement(open, asked);
  return { open, requirementId, versions, newest: newestVersion(versions) };
}

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const composing = await load(deps, req);
  await page(deps, req, res, composing, {
    values: await valuesOf(composing, typed(req.query, 'draft')),
    errors: {},
  });
}

/** The draft that is being corrected, else the requirement as it is, else what most would choose. */
async function valuesOf({ open, newest }: Composing, draftId: string): Promise<TypedRule> {
  const draft = isId(draftId) ? await findDraft(open.organisation.id, draftId) : null;
  if (draft) return shownRule(draft);
  if (newest) return shownRule({ ...newest, fromDay: open.today });
  return blankRule(open.today);
}

async function compose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const composing = await load(deps, req);
  const values = typedRule(req.body);
  const again = (errors: Record<string, string>) => page(deps, req, res, composing, { values, errors });
  if (isToFindUnit(req.body)) return again({});
  const form = readRule(values, composing.newest?.rule ?? null);
  if (!form.ok) return again(form.errors);
  const { title, rule, fromDay } = form;
  const { open, requirementId } = composing;
  const fault = ruleFault(rule, fromDay, await knownFor(open, { requirementId, fromDay }));
  if (fault) return again({ [fault.field]: spoken(`requirements.fault.${fault.why}`) });
  const corrected = typed(req.body, 'draft');
  if (isId(corrected)) await replaceDraft(open.organisation.id, corrected);
  await rehearse(composing, { title, rule, fromDay }, res);
}

/** Pausing, going on, ending and reopening are versions too, from today on. */
async function takeStep(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const composing = await load(deps, req);
  const step = REQUIREMENT_STEPS.find(each => each === typed(req.body, 'step'));
  const last = composing.newest ?? composing.versions[0];
  if (!step || !last) throw new NotFound();
  const { title, rule } = last;
  await rehearse(composing, { title, rule: nextRule(rule, step), fromDay: composing.open.today }, res);
}

async function rehearse(
  { open, ...of }: Composing,
  composed: Pick<NewDraft, 'title' | 'rule' | 'fromDay'>,
  res: Response,
): Promise<void> {
  const { organisation, actor, now } = open;
  await requireRunning(organisation.id, 'change');
  const draftId = await rehearseNext(of, composed, { organisation, actorId: actor.id, now });
  res.redirect(303, draftAddress(organisation.id, draftId));
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, requirementId, newest }: Composing,
  sent: { values: TypedRule; errors: Record<string, string> },
): Promise<void> {
  const title = newest?.title ?? null;
  const values = await composerPage(open, { requirementId, title, unitQuery: unitQuery(req.body), ...sent });
  const draft = typed(req.method === 'GET' ? req.query : req.body, 'draft');
  const status = Object.keys(sent.errors).length > 0 ? 422 : 200;
  show(
    req,
    res,
    'proof/requirements/composer',
    { ...values, draft: isId(draft) ? draft : null },
    { status, nav: navFor(open.actor) },
  );
}
