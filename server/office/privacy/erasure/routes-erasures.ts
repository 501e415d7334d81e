import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, signedIn } from '../../../policy.js';
import { clockRows, erasureRow, whatStays } from './erasure-page.js';
import { decisionForm, reasonForm } from './erasure-forms.js';
import {
  decideErasure,
  findErasure,
  newestErasures,
  refuseErasure,
  type AskedErasure,
} from './erasure-requests.js';
import { holdOn, liftHold, placeHold } from './legal-holds.js';

const HOME = '/admin/erasures';
const ONE = `${HOME}/:id`;

/** Requests to erase somebody: what stays and until when, legal holds, and the decision. */
export function erasurePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(list));
  router.get(ONE, on(showOne));
  router.post(`${ONE}/decision`, on(decide));
  router.post(`${ONE}/hold`, on(hold));
  router.post(`${ONE}/hold/lifting`, on(lift));
  return router;
}

async function list({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  authorise(actorOf(req), 'installation.administer', {});
  const place = hereIn(config.timeZone);
  const rows = await Promise.all((await newestErasures()).map(asked => erasureRow(asked, place)));
  show(req, res, 'office/privacy/erasure/erasures', { rows }, { nav: 'admin' });
}

async function showOne(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, { asked: await load(req), errors: {} });
}

async function decide(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = await load(req);
  authorise(actorOf(req), 'erasure.decide', asked);
  const form = parseForm(decisionForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, { asked, errors: form.errors });
  const { reason, decision } = form.value;
  const verb = decision === 'erase' ? decideErasure : refuseErasure;
  const outcome = await verb(asked.id, reason, by(deps, req));
  if (outcome === 'not-open') throw new Conflict('This has already been decided');
  if (outcome === 'held' || outcome === 'last')
    return page(deps, req, res, { asked, errors: { decision: spoken(PREVENTED[outcome]) } });
  res.redirect(303, `${HOME}/${asked.id}`);
}

async function hold(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = await load(req);
  authorise(actorOf(req), 'erasure.decide', asked);
  const form = parseForm(reasonForm, { reason: typed(req.body, 'holdReason') }, spoken);
  if (!form.ok) return page(deps, req, res, { asked, errors: { holdReason: form.errors['reason'] ?? '' } });
  await placeHold(asked, form.value.reason, by(deps, req));
  res.redirect(303, `${HOME}/${asked.id}`);
}

async function lift(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = await load(req);
  authorise(actorOf(req), 'erasure.decide', asked);
  await liftHold(asked, by(deps, req));
  res.redirect(303, `${HOME}/${asked.id}`);
}

/** What prevents a decision. */
const PREVENTED = { held: 'errors.erasure-held', last: 'errors.erasure-last' } as const;

const by = ({ clock }: WebDeps, req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

async function load(req: Request): Promise<AskedErasure> {
  authorise(actorOf(req), 'installation.administer', {});
  const asked = isId(req.params['id']) ? await findErasure(req.params['id']) : null;
  if (!asked) throw new NotFound();
  return asked;
}

async function page(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  { asked, errors }: { asked: AskedErasure; errors: Record<string, string> },
): Promise<void> {
  const place = hereIn(config.timeZone);
  const held = await holdOn(asked);
  const values = {
    row: await erasureRow(asked, place),
    isOwn: asked.userId === signedIn(actorOf(req)).id,
    isOpen: asked.state === 'asked',
    isUnderWay: asked.state === 'decided',
    clocks: await clockRows(asked, place),
    stays: whatStays(),
    hold: held && { why: held.why, since: formatDate(held.placedAt, place) },
    values: {
      reason: typed(req.body, 'reason'),
      holdReason: typed(req.body, 'holdReason'),
      decision: typed(req.body, 'decision'),
    },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'office/privacy/erasure/erasure', values, { status, nav: 'admin' });
}
