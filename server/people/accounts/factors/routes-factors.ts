import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { sessionIdOf } from '../../../platform/http/security/session-cookie.js';
import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { qrPath } from '../../../platform/lib/qr-path.js';
import { mustHaveFactor, signedIn } from '../../../policy.js';
import { addApp, removeApp } from './authenticator-apps.js';
import { shownAccount } from './factor-account.js';
import { graceUntil } from './factor-grace.js';
import { factorsOf, type OwnPasskey } from './own-factors.js';
import { passkeyPages } from './passkeys/routes-own-passkeys.js';
import { codesOrHome, FACTORS, showNewCodes } from './routes-codes.js';
import { appAddress, newSecret } from './totp.js';

/** A person's own second factors: passkeys, an app that shows codes, and codes on paper. */
export function factorPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(FACTORS, on(showFactors));
  router.get(`${FACTORS}/app`, on(showApp));
  router.post(`${FACTORS}/app`, on(takeApp));
  router.post(`${FACTORS}/app/removal`, on(dropApp));
  router.post(`${FACTORS}/codes`, on(showNewCodes));
  router.use(passkeyPages(deps));
  return router;
}

async function showFactors({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const { app, codes, passkeys } = await factorsOf(actor.id);
  const place = hereIn(config.timeZone);
  const end = graceUntil(actor.factorAskedFrom ?? 0);
  const until = end > clock() ? formatDate(end, place) : null;
  const values = {
    app: app === null ? null : formatDate(app, place),
    passkeys: passkeys.map(passkey => passkeyRow(passkey, place)),
    codes,
    isAsked: mustHaveFactor(actor),
    until,
  };
  show(req, res, 'people/accounts/factors/factors', values, { nav: 'account' });
}

const passkeyRow = ({ id, name, addedAt, lastUsedAt }: OwnPasskey, place: Place) => ({
  name,
  href: `${FACTORS}/passkeys/${id}`,
  added: formatDate(addedAt, place),
  used: lastUsedAt === null ? null : formatDate(lastUsedAt, place),
});

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
  await codesOrHome(deps, req, res);
}

/** Remove the app. Whoever has to have a factor adds another first. */
async function dropApp({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  await removeApp(actor.id, { mustHaveOne: mustHaveFactor(actor), now: clock() });
  res.redirect(303, `${FACTORS}?done=factor-removed`);
}

async function appPage(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  { secret, isWrong = false }: { secret: string; isWrong?: boolean },
): Promise<void> {
  const { id, isDiscreet } = signedIn(actorOf(req));
  const account = await shownAccount(id);
  const issuer = isDiscreet ? spoken('factors.discreetIssuer') : config.issuerName;
  const values = {
    secret,
    shownSecret: displayCode(secret).replaceAll('-', ' '),
    qr: qrPath(appAddress({ secret, account, issuer })),
    errors: isWrong ? { code: spoken('errors.factor-code') } : {},
  };
  show(req, res, 'people/accounts/factors/app', values, { nav: 'account', ...(isWrong && { status: 422 }) });
}
