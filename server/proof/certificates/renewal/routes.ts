import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { findCycle, type CycleFacts } from '../../../teaching/learning/enrolments.js';
import { readLink } from '../../../platform/lib/signed-links.js';
import { chooseMail, wantsMail } from '../../../people/organisations/mail-choices.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { signedIn, type Actor } from '../../../policy.js';

/**
 * Reminders that a certificate ends: turned off and on, signed in or by the signed text in a mailed link. The page behind
 * a mailed link says nothing of the person but whose certificates the choice is about.
 */
export function reminderRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/reminders', on(showReminders));
  router.post('/reminders', on(turnOff));
  router.post('/reminders/mailed-choice', on(turnOn));
  router.post('/reminders/choice', on(choose));
  return router;
}

async function showReminders(deps: WebDeps, req: Request, res: Response): Promise<void> {
  if ('token' in req.query) return showMailedChoice(deps, req, res, typed(req.query, 'token'));
  const values = { organisations: await organisationsOf(signedIn(actorOf(req))) };
  deps.show(req, res, 'proof/certificates/renewal/reminders', values, { nav: 'certificates' });
}

/** A mail program may send this for its reader, so the answer is a page: such programs follow no redirect. */
async function turnOff(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  await chooseByLink(deps, token, false);
  await showMailedChoice(deps, req, res, token);
}

async function turnOn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  if (!(await chooseByLink(deps, token, true))) return noLink(deps, req, res);
  res.redirect(303, `/reminders?token=${token}`);
}

async function choose({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const organisationId = typed(req.body, 'organisation');
  const isOwn = actor.memberships.includes(organisationId);
  const wish = typed(req.body, 'reminders');
  if (!isOwn || (wish !== 'on' && wish !== 'off')) throw new NotFound();
  const choice = { isOn: wish === 'on', by: 'account', now: clock() } as const;
  await chooseMail('reminders', { userId: actor.id, organisationId }, choice);
  res.redirect(303, '/reminders?done=mail');
}

/** The cycle that the signed text of a mailed link names, or null. */
const cycleBehind = ({ secrets }: WebDeps, token: string): Promise<CycleFacts | null> =>
  findCycle(readLink('reminders', token, secrets.links));

async function chooseByLink(deps: WebDeps, token: string, isOn: boolean): Promise<boolean> {
  const cycle = await cycleBehind(deps, token);
  if (cycle) await chooseMail('reminders', cycle, { isOn, by: 'link', now: deps.clock() });
  return cycle !== null;
}

async function showMailedChoice(deps: WebDeps, req: Request, res: Response, token: string): Promise<void> {
  const cycle = await cycleBehind(deps, token);
  if (!cycle) return noLink(deps, req, res);
  const organisation = (await findOrganisation(cycle.organisationId))?.name ?? null;
  const isOn = await wantsMail('reminders', cycle);
  const values = { isOn, organisation, isSignedIn: actorOf(req) !== null, token, noindex: true };
  deps.show(req, res, 'proof/certificates/renewal/reminders-mailed', values);
}

/** The organisations of a person, each with whether it mails reminders to them. */
function organisationsOf({ id: userId, memberships }: Actor) {
  return Promise.all(
    memberships.map(async organisationId => ({
      id: organisationId,
      name: (await findOrganisation(organisationId))?.name ?? '',
      isOn: await wantsMail('reminders', { userId, organisationId }),
    })),
  );
}

const noLink = ({ show }: WebDeps, req: Request, res: Response): void =>
  show(req, res, 'proof/certificates/holder/no-link', { kind: 'reminders', noindex: true }, { status: 404 });
