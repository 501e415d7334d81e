import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import { readLink } from '../../lib/signed-links.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { findCycle } from '../../learning/enrolments.js';
import { chooseMail, wantsMail } from '../../organisations/mail-choices.js';
import { findOrganisation } from '../../organisations/memberships.js';
import { signedIn } from '../../policy.js';

/**
 * Reminders of a certificate's end: turned off and on, signed in or by the signed text of a mailed link. From a mail
 * the page shows nothing of the person but whose certificates the choice is about.
 */
export function reminderRoutes({ show, clock, secrets }: WebDeps): Router {
  const router = Router();
  const behind = (token: string) => findCycle(readLink('reminders', token, secrets.links));

  router.get('/reminders', async (req, res) => {
    if ('token' in req.query) return showChoice(req, res, typed(req.query, 'token'));
    const actor = signedIn(actorOf(req));
    const ids = [...new Set(actor.memberships.map(({ organisationId }) => organisationId))];
    const organisations = ids.map(async id => ({
      id,
      name: (await findOrganisation(id))?.name ?? '',
      isOn: await wantsMail('reminders', { userId: actor.id, organisationId: id }),
    }));
    const values = { organisations: await Promise.all(organisations) };
    show(req, res, 'certificates/renewal/reminders', values, { nav: 'certificates' });
  });

  // A mail program may send this for its reader, so the answer is a page: such programs follow no redirect.
  router.post('/reminders', async (req, res) => {
    const token = typed(req.query, 'token');
    await choose(token, false);
    await showChoice(req, res, token);
  });

  router.post('/reminders/mailed-choice', async (req, res) => {
    const token = typed(req.body, 'token');
    if (!(await choose(token, true))) return noLink(req, res);
    res.redirect(303, `/reminders?token=${token}`);
  });

  router.post('/reminders/choice', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const organisationId = typed(req.body, 'organisation');
    const isOwn = actor.memberships.some(held => held.organisationId === organisationId);
    const wish = typed(req.body, 'reminders');
    if (!isOwn || (wish !== 'on' && wish !== 'off')) throw new NotFound();
    await chooseMail(
      'reminders',
      { userId: actor.id, organisationId },
      { isOn: wish === 'on', by: 'account', now: clock() },
    );
    res.redirect(303, '/reminders?done=mail');
  });

  async function choose(token: string, isOn: boolean): Promise<boolean> {
    const cycle = await behind(token);
    if (cycle) await chooseMail('reminders', cycle, { isOn, by: 'link', now: clock() });
    return cycle !== null;
  }

  async function showChoice(req: Request, res: Response, token: string): Promise<void> {
    const cycle = await behind(token);
    if (!cycle) return noLink(req, res);
    const organisation = (await findOrganisation(cycle.organisationId))?.name ?? null;
    const isOn = await wantsMail('reminders', cycle);
    const values = { isOn, organisation, isSignedIn: actorOf(req) !== null, token, noindex: true };
    show(req, res, 'certificates/renewal/reminders-mailed', values);
  }

  const noLink = (req: Request, res: Response): void =>
    show(req, res, 'certificates/holder/no-link', { kind: 'reminders', noindex: true }, { status: 404 });

  return router;
}
