import { Router, type Request, type Response } from 'express';
import { findPeople } from '../admin/people/search.js';
import { shownAddress } from '../../people/accounts/no-address.js';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { authorise, can, signedIn } from '../../policy.js';
import { merge } from './merge.js';
import { donePage, namesOfMerge, mergeState } from './merge-page.js';
import { findMerge, newestMerges, mergeUndoableUntil, type DoneMerge } from './merges.js';
import { planMerge, shownSide } from './plan-merge.js';
import { mergeErrors, previewPage, seenIn } from './merge-preview.js';
import { accountSide } from './sides.js';
import { undoMerge } from './undo-merge.js';

const PERSON = '/admin/people/:id/merge';
const PAIR = `${PERSON}/:otherId`;
const LIST = '/admin/merges';
const DONE = `${LIST}/:mergeId`;

/** Two accounts of one person, in whichever organisations, for administrators of the installation; and all merges. */
export function mergeAccountPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PERSON, on(choose));
  router.get(PAIR, on(preview));
  router.post(PAIR, on(mergeThem));
  router.get(LIST, on(list));
  router.get(DONE, on(showDone));
  router.post(`${DONE}/undoing`, on(undo));
  return router;
}

async function choose({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, name } = await load(req, req.params['id']);
  const query = typed(req.query, 'query').trim() || name;
  const found = (await findPeople(query, '', 50)).filter(person => person.id !== id);
  const values = {
    organisation: null,
    name,
    back: `/admin/people/${id}`,
    query,
    action: `/admin/people/${id}/merge`,
    found: found.map(person => ({
      href: `/admin/people/${id}/merge/${person.id}`,
      name: person.name,
      details: [shownAddress(person.email)].filter(address => address !== ''),
      state:
        person.disabledAt === null ? null : spoken(person.mergedInto ? 'merging.tag' : 'admin.isDisabled'),
    })),
  };
  show(req, res, 'office/merging/choose', values, { nav: 'admin' });
}

async function mergeThem(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { asked } = await pair(req);
  if (typed(req.body, 'sure') !== 'yes') return preview(deps, req, res);
  const seen = seenIn(req.body);
  const outcome = await merge(asked, { seen, organisationId: null, by: byOf(deps, req) });
  if (outcome.kind !== 'merged') return preview(deps, req, res);
  res.redirect(303, `${LIST}/${outcome.mergeId}?done=merged`);
}

const byOf = ({ clock }: WebDeps, req: Request) => ({
  ...{ actorId: signedIn(actorOf(req)).id, isInstallation: true, now: clock() },
});

/** An account that somebody else may merge; nobody decides about their own. */
async function load(req: Request, id: unknown): Promise<{ id: string; name: string }> {
  authorise(actorOf(req), 'installation.administer', {});
  const side = isId(id) ? await accountSide(id) : null;
  if (!side || side.userId === null) throw new NotFound();
  authorise(actorOf(req), 'person.merge', { userId: side.userId });
  return { id: side.userId, name: shownSide(side).name };
}

async function pair(req: Request) {
  const kept = await load(req, req.params['id']);
  const closed = await load(req, req.params['otherId']);
  const side = ({ id }: { id: string }) => ({ membershipId: null, userId: id });
  return { kept, closed, asked: { kept: side(kept), closed: side(closed) } };
}

/** Both side by side; after a form that could not be carried out, with what is still to be ticked, as things stand now. */
async function preview(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { kept, closed, asked } = await pair(req);
  const plan = await planMerge(asked, byOf(deps, req));
  const isSent = req.method === 'POST';
  const values = {
    organisation: null,
    back: { href: `/admin/people/${kept.id}/merge`, text: spoken('merging.chooseHeading') },
    names: { kept: kept.name, closed: closed.name },
    refused: plan.kind === 'refused' ? plan.reason : null,
    preview: plan.kind === 'plan' ? previewPage(plan, seenIn(req.body), hereIn(deps.config.timeZone)) : null,
    action: `/admin/people/${kept.id}/merge/${closed.id}`,
    swap: `/admin/people/${closed.id}/merge/${kept.id}`,
    errors: isSent && plan.kind === 'plan' ? mergeErrors(req.body, plan) : {},
  };
  deps.show(req, res, 'office/merging/preview', values, { status: isSent ? 422 : 200, nav: 'admin' });
}

async function list({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  authorise(actorOf(req), 'installation.administer', {});
  const place = hereIn(config.timeZone);
  const now = clock();
  const merges = await Promise.all((await newestMerges()).map(done => mergeRow(done)));
  show(req, res, 'office/merging/merges', { merges }, { nav: 'admin' });

  async function mergeRow(done: DoneMerge) {
    const { kept, closed } = await namesOfMerge(done);
    const date = formatDate(mergeUndoableUntil(done), place);
    return {
      href: `${LIST}/${done.id}`,
      ...{ kept, closed },
      merged: formatDate(done.mergedAt, place),
      state: spoken(`merging.state.${mergeState(done, now)}`, { date }),
    };
  }
}

const showDone = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

async function undo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const done = await loadDone(req);
  for (const userId of [done.keptUserId, done.closedUserId])
    authorise(actorOf(req), 'person.merge', { userId });
  if (typed(req.body, 'sure') !== 'yes') return page(deps, req, res, { sure: spoken('errors.sure') });
  const by = { actorId: signedIn(actorOf(req)).id, now: deps.clock() };
  const outcome = await undoMerge(done.id, 'asked', by);
  if (outcome === 'not-open') throw new Conflict('This has already been undone');
  if (outcome !== 'undone') return page(deps, req, res, { sure: spoken(`merging.undo.${outcome}`) });
  res.redirect(303, `${LIST}/${done.id}?done=merge-undone`);
}

async function loadDone(req: Request): Promise<DoneMerge> {
  authorise(actorOf(req), 'installation.administer', {});
  const found = isId(req.params['mergeId']) ? await findMerge(req.params['mergeId']) : null;
  if (!found) throw new NotFound();
  return found;
}

async function page(deps: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const done = await loadDone(req);
  const { keptUserId, closedUserId } = done;
  const mayUndo = [keptUserId, closedUserId].every(userId => can(actorOf(req), 'person.merge', { userId }));
  const href = (id: string | null) => (id === null ? null : `/admin/people/${id}`);
  const values = {
    ...(await donePage(done, deps.clock(), hereIn(deps.config.timeZone))),
    organisation: null,
    back: { href: LIST, text: spoken('merging.listHeading') },
    links: { kept: href(keptUserId), closed: href(closedUserId) },
    action: mayUndo ? `${LIST}/${done.id}/undoing` : null,
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'office/merging/merge', values, { status, nav: 'admin' });
}
