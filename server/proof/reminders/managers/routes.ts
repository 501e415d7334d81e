import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { readLink } from '../../../platform/lib/signed-links.js';
import { chooseMail, wantsMail } from '../../../people/organisations/mail-choices.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { openRequirements } from '../../requirements/rules/open-requirement.js';
import { findDigest } from './digests.js';

/** The weekly summary of those who manage people: turned off and on, by the signed text in a mailed link or signed in. */
export function digestRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/weekly-summary', on(showMailedChoice));
  router.post('/weekly-summary', on(turnOff));
  router.post('/weekly-summary/mailed-choice', on(turnOn));
  router.post('/organisations/:id/reminders/weekly-summary', on(choose));
  return router;
}

async function showMailedChoice(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const digest = await digestBehind(deps, token);
  const values = {
    isOn: await wantsMail('digests', digest),
    organisation: (await findOrganisation(digest.organisationId))?.name ?? '',
    reminders: `/organisations/${digest.organisationId}/reminders`,
    token,
    noindex: true,
  };
  deps.show(req, res, 'proof/reminders/managers/summary-mailed', values);
}

/** A mail program may send this for its reader, so the answer is a page: such programs follow no redirect. */
async function turnOff(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await chooseByLink(deps, typed(req.query, 'token'), false);
  await showMailedChoice(deps, req, res);
}

async function turnOn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  await chooseByLink(deps, token, true);
  res.redirect(303, `/weekly-summary?token=${token}`);
}

async function choose({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { actor, organisation } = await openRequirements(actorOf(req), req.params.id, {
    now: clock(),
    action: 'organisation.people',
  });
  const wish = typed(req.body, 'summary');
  if (wish !== 'on' && wish !== 'off') throw new NotFound();
  const choice = { isOn: wish === 'on', by: 'account', now: clock() } as const;
  await chooseMail('digests', { userId: actor.id, organisationId: organisation.id }, choice);
  res.redirect(303, `/organisations/${organisation.id}/reminders?done=mail`);
}

async function chooseByLink(deps: WebDeps, token: string, isOn: boolean): Promise<void> {
  const digest = await digestBehind(deps, token);
  await chooseMail('digests', digest, { isOn, by: 'link', now: deps.clock() });
}

/** The summary that the signed text of a mailed link names. Throws `NotFound` where it is not one of ours. */
async function digestBehind({ secrets }: WebDeps, token: string) {
  const digest = await findDigest(readLink('digest', token, secrets.links));
  if (!digest) throw new NotFound();
  return digest;
}
