import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { mailPages, readLink } from '../../platform/lib/signed-links.js';
import { chooseMail, wantsMail } from '../../people/organisations/mail-choices.js';
import { findOrganisation } from '../../people/organisations/memberships.js';
import { signedIn, type Actor } from '../../policy.js';
import { findMeasurement } from './measurements.js';
import { showNoLink, type MailDeps } from './routes-no-link.js';

/**
 * Turning the mails of refreshers off and on: from a mail, where the signed text in the link is the whole authority, and on the
 * account.
 */
export function mailChoiceRoutes(deps: MailDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(mailPages.optOut, on(showChoice));
  router.post(mailPages.optOut, on(optOut));
  router.post(mailPages.optIn, on(optIn));
  router.get('/follow-up/mail', on(showChoices));
  router.post('/follow-up/mail', on(choose));
  return router;
}

async function showChoice(deps: MailDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const measurement = await findMeasurement(readLink('opt-out', token, deps.secrets.links));
  if (!measurement) return showNoLink(deps, req, res);
  const values = { isOn: await wantsMail('refreshers', measurement), token, noindex: true };
  deps.show(req, res, 'teaching/follow-up/opt-out', values);
}

/** A mail program may send this for its reader, so the answer is a page: such programs follow no redirect. */
async function optOut(deps: MailDeps, req: Request, res: Response): Promise<void> {
  await chooseByLink(deps, typed(req.query, 'token'), false);
  await showChoice(deps, req, res);
}

async function optIn(deps: MailDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  if (!(await chooseByLink(deps, token, true))) return showNoLink(deps, req, res);
  res.redirect(303, `${mailPages.optOut}?token=${token}`);
}

/** Returns false when the link is not one of ours. */
async function chooseByLink({ secrets, clock }: MailDeps, token: string, isOn: boolean): Promise<boolean> {
  const measurement = await findMeasurement(readLink('opt-out', token, secrets.links));
  if (measurement) await chooseMail('refreshers', measurement, { isOn, by: 'link', now: clock() });
  return measurement !== null;
}

/** On the account: a choice for each of one's own organisations. */
async function showChoices({ show }: MailDeps, req: Request, res: Response): Promise<void> {
  const organisations = await choicesOf(signedIn(actorOf(req)));
  show(req, res, 'teaching/follow-up/mail', { organisations }, { nav: 'account' });
}

async function choose({ clock }: MailDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const organisationId = typed(req.body, 'organisation');
  const isOwn = actor.memberships.includes(organisationId);
  const wish = typed(req.body, 'refreshers');
  if (!isOwn || (wish !== 'on' && wish !== 'off')) throw new NotFound();
  const person = { userId: actor.id, organisationId };
  await chooseMail('refreshers', person, { isOn: wish === 'on', by: 'account', now: clock() });
  res.redirect(303, '/follow-up/mail?done=mail');
}

function choicesOf({ id: userId, memberships }: Actor) {
  return Promise.all(
    memberships.map(async organisationId => ({
      id: organisationId,
      name: (await findOrganisation(organisationId))?.name ?? '',
      isOn: await wantsMail('refreshers', { userId, organisationId }),
    })),
  );
}
