import { Router, type Request, type Response } from 'express';
import { maskedAddress } from '../merged-accounts.js';
import { addressOf } from '../people.js';
import { countLink, giveLinkBack, linkProblem, tokenIn } from '../sign-up/routes-links.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { readLink } from '../../../platform/lib/signed-links.js';
import {
  findMerge,
  membersOfMerge,
  mergeUndoableUntil,
  type DoneMerge,
} from '../../../office/merging/merges.js';
import { undoMerge } from '../../../office/merging/undo-merge.js';

const PAGE = '/merged';

/** The link that both mailboxes got when two accounts or entries were merged: whoever reads one of them can undo it. */
export function mergeObjectionPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(object));
  router.get(`${PAGE}/undone`, on(showOutcome));
  return router;
}

/** It only asks: programs that look through mail open every link. */
async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  const done = await openMerge(deps, token);
  if (!done) return linkProblem(deps, req, res, 'old-address');
  deps.show(req, res, 'office/merging/objection', { token, what: await whatWasMerged(done, deps) });
}

async function object(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await countLink(deps, req);
  const done = await openMerge(deps, typed(req.body, 'token'));
  const by = { actorId: null, now: deps.clock() };
  const outcome = done ? await undoMerge(done.id, 'objection', by) : 'not-open';
  if (outcome === 'not-open' || outcome === 'over') return linkProblem(deps, req, res, 'old-address');
  await giveLinkBack(deps, req);
  res.redirect(303, `${PAGE}/undone?outcome=${outcome}`);
}

async function showOutcome({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const outcome = typed(req.query, 'outcome') === 'changed' ? 'changed' : 'undone';
  show(req, res, 'office/merging/objected', { outcome });
}

/** The merge of a link, as long as it can be undone. */
async function openMerge({ secrets, clock }: WebDeps, token: string): Promise<DoneMerge | null> {
  const id = readLink('merge', token, secrets.links);
  const done = id === null ? null : await findMerge(id);
  return done?.undoneAt === null && clock() < mergeUndoableUntil(done) ? done : null;
}

/** In words. Of the addresses little more than the domain: the reader of one mailbox need not be the owner of the other. */
async function whatWasMerged(done: DoneMerge, { config }: WebDeps): Promise<string> {
  const date = formatDate(done.mergedAt, hereIn(config.timeZone));
  if (done.closedUserId === null || done.keptUserId === null) {
    const [place] = await membersOfMerge(done.id);
    return spoken('merging.objection.entries', { date, organisation: place?.organisation ?? '' });
  }
  const masked = async (id: string) => maskedAddress((await addressOf(id))?.email ?? '') || '–';
  const [kept, closed] = [await masked(done.keptUserId), await masked(done.closedUserId)];
  return spoken('merging.objection.account', { date, kept, closed });
}
