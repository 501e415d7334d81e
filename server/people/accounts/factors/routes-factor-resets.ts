import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { personById, type PersonRow } from '../../../office/admin/people/person.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { authorise, signedIn } from '../../../policy.js';
import { askForFactorReset, decideFactorReset, waitingReset } from './factor-resets.js';
import { factorsOf } from './own-factors.js';

const HOME = '/admin/people/:id/factors';

/** Somebody lost their second factor: one administrator asks that it be taken off, another decides. */
export function factorResetPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(show));
  router.post(`${HOME}/reset`, on(ask));
  router.post(`${HOME}/decision`, on(decide));
  return router;
}

const show = async (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, await load(req), {});

const askForm = z.object({
  reason: z
    .string('errors.blockReason')
    .trim()
    .min(1, 'errors.blockReason')
    .max(500, 'errors.blockReason-long'),
});

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const person = await load(req);
  const form = parseForm(askForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, person, form.errors);
  if (!(await askForFactorReset(person.id, form.value.reason, by(deps, req)))) throw new NotFound();
  res.redirect(303, `/admin/people/${person.id}/factors?done=factor-reset-asked`);
}

async function decide(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const person = await load(req);
  const waiting = await waitingReset(person.id);
  const isGranted = typed(req.body, 'decision') === 'grant';
  if (!waiting || !(await decideFactorReset(waiting.id, isGranted, by(deps, req)))) throw new NotFound();
  res.redirect(
    303,
    `/admin/people/${person.id}?done=${isGranted ? 'factor-reset' : 'factor-reset-declined'}`,
  );
}

const by = ({ clock }: WebDeps, req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

/** The person; 404 to those who are no administrators, 403 to the person. */
async function load(req: Request): Promise<PersonRow> {
  const person = await personById(req.params.id);
  authorise(actorOf(req), 'factor.reset', person && { userId: person.id });
  if (!person) throw new NotFound();
  return person;
}

async function page(
  { show: render, config }: WebDeps,
  req: Request,
  res: Response,
  person: PersonRow,
  errors: Record<string, string>,
): Promise<void> {
  const place = hereIn(config.timeZone);
  const waiting = await waitingReset(person.id);
  const { since, codes } = await factorsOf(person.id);
  const values = {
    person: { id: person.id, name: person.name },
    since: since === null ? null : formatDate(since, place),
    codes,
    waiting: waiting && {
      by: waiting.askedByName ?? spoken('factorReset.operator'),
      date: formatDate(waiting.askedAt, place),
      reason: waiting.reason,
      isOwn: waiting.askedBy === signedIn(actorOf(req)).id,
    },
    values: { reason: typed(req.body, 'reason') },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  render(req, res, 'people/accounts/factors/reset', values, { status, nav: 'admin' });
}
