import { Router, type Request, type Response } from 'express';
import { Conflict } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { actorOf } from '../../http/page.js';
import { sessionIdOf } from '../../http/security/session-cookie.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { displayCode } from '../../lib/ids.js';
import { qrPath } from '../../lib/qr-path.js';
import { mustHaveFactor, signedIn } from '../../policy.js';
import { hasAddress } from '../no-address.js';
import { addressOf } from '../people.js';
import { addApp, removeApp } from './authenticator-apps.js';
import { graceUntil } from './factor-grace.js';
import { factorsOf } from './own-factors.js';
import { makeCodes } from './recovery-codes.js';
import { appAddress, newSecret } from './totp.js';

const HOME = '/account/factors';

/** A person's own second factors: an app that shows codes, and codes on paper. */
export function factorPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showFactors));
  router.get(`${HOME}/app`, on(showApp));
  router.post(`${HOME}/app`, on(takeApp));
  router.post(`${HOME}/app/removal`, on(dropApp));
  router.post(`${HOME}/codes`, on(showNewCodes));
  return router;
}

async function showFactors({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const { app, codes } = await factorsOf(actor.id);
  const place = hereIn(config.timeZone);
  const until = actor.factorAskedFrom ? formatDate(graceUntil(actor.factorAskedFrom), place) : null;
  const values = {
    app: app === null ? null : formatDate(app, place),
    codes,
    isAsked: mustHaveFactor(actor),
    until,
  };
  show(req, res, 'accounts/factors/factors', values, { nav: 'account' });
}

const showApp = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  appPage(deps, req, res, { secret: newSecret() });

/** Base 32 of 20 bytes: what the page before gave. */
const SECRET = /^[A-Z2-7]{32}$/;

/** Add an app, once it shows the right code. Whoever is in by the password alone is signed out. */
async function takeApp(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { clock, secrets, sessions } = deps;
  const { id } = signedIn(actorOf(req));
  const secret = typed(req.body, 'secret');
  if (!SECRET.test(secret)) return showApp(deps, req, res);
  const code = { code: typed(req.body, 'code'), now: clock(), key: secrets.factors };
  if (!(await addApp(id, secret, code))) return appPage(deps, req, res, { secret, isWrong: true });
  await sessions.endAll(id, sessionIdOf(req));
  if ((await factorsOf(id)).codes > 0) return res.redirect(303, `${HOME}?done=factor-added`);
  await showNewCodes(deps, req, res);
}

/** Remove the app. Whoever has to have a factor adds another first. */
async function dropApp({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  if (mustHaveFactor(actor)) throw new Conflict('Their role asks for a second factor');
  await removeApp(actor.id, clock());
  res.redirect(303, `${HOME}?done=factor-removed`);
}

/** Make new codes and show them, once: a form that is sent again makes others. */
async function showNewCodes({ show, clock, secrets }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  if ((await factorsOf(actor.id)).app === null)
    throw new Conflict('There is no factor that they could replace');
  const codes = await makeCodes(actor.id, { key: secrets.factors, now: clock() });
  show(req, res, 'accounts/factors/codes', { codes: codes.map(displayCode) }, { nav: 'account' });
}

async function appPage(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  { secret, isWrong = false }: { secret: string; isWrong?: boolean },
): Promise<void> {
  const { id, isDiscreet } = signedIn(actorOf(req));
  const email = (await addressOf(id))?.email ?? '';
  const account = hasAddress(email) ? email : spoken('factors.account');
  const issuer = isDiscreet ? spoken('factors.discreetIssuer') : config.issuerName;
  const values = {
    secret,
    shownSecret: displayCode(secret).replaceAll('-', ' '),
    qr: qrPath(appAddress({ secret, account, issuer })),
    errors: isWrong ? { code: spoken('errors.factor-code') } : {},
  };
  show(req, res, 'accounts/factors/app', values, { nav: 'account', ...(isWrong && { status: 422 }) });
}
