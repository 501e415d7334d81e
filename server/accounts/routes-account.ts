import { accountLimits } from './account-limits.js';
import { Router, type Request, type Response } from 'express';
import { SignInNeeded } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { sha256 } from '../lib/tokens.js';
import { signedIn, type Actor } from '../policy.js';
import { nameForm, passwordForm } from './account-forms.js';
import { addressOf, rename, setDiscreet } from './people.js';
import { changePassword } from './recovery.js';

/** What a page says after it was changed. */
const SAVED = ['name', 'password', 'discreet'] as const;

/** One's own account: name, password, where one is signed in. */
export function accountPage({ show, clock, sessions, limits: counts, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;

  router.get('/account', async (req, res) => {
    const saved = SAVED.find(each => each === req.query.saved) ?? null;
    await page(req, res, signedIn(actorOf(req)), { saved, errors: {}, values: {} });
  });

  router.post('/account/name', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const form = parseForm(nameForm, req.body, t);
    if (!form.ok)
      return page(req, res, actor, { errors: form.errors, values: { name: typed(req.body, 'name') } });
    await rename(actor.id, form.value.name, clock());
    res.redirect(303, '/account?saved=name');
  });

  router.post('/account/password', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const form = parseForm(passwordForm, req.body, t);
    if (!form.ok) return page(req, res, actor, { errors: form.errors, values: {} });
    await counts.consume(accountLimits.passwordByAccount, actor.id, clock());
    const { present, password } = form.value;
    if (!(await changePassword(actor.id, { present, next: password }, clock()))) {
      return page(req, res, actor, { errors: { present: t('errors.present-password') }, values: {} });
    }
    await counts.forgive(accountLimits.passwordByAccount, actor.id);
    await sessions.endAll(actor.id, req.sessionID);
    res.redirect(303, '/account?saved=password');
  });

  router.post('/account/discreet', async (req, res) => {
    await setDiscreet(signedIn(actorOf(req)).id, typed(req.body, 'discreet') === 'on');
    res.redirect(303, '/account?saved=discreet');
  });

  router.post('/account/sessions', async (req, res) => {
    await sessions.endAll(signedIn(actorOf(req)).id, req.sessionID);
    res.redirect(303, '/account?done=sessions');
  });

  async function page(
    req: Request,
    res: Response,
    actor: Actor,
    values: { errors: object; values: object; saved?: string | null },
  ) {
    const user = await addressOf(actor.id);
    if (!user) throw new SignInNeeded();
    const open = await sessions.openOf(actor.id);
    const place = hereIn(config.timeZone);
    const list = open.map(session => ({
      id: session.idHash,
      createdAt: formatDate(session.createdAt, place),
      current: session.idHash === sha256(req.sessionID),
    }));
    const status = Object.keys(values.errors).length > 0 ? 422 : 200;
    show(
      req,
      res,
      'accounts/account',
      { saved: null, ...values, account: user, sessions: list },
      { status, nav: 'account' },
    );
  }

  return router;
}
