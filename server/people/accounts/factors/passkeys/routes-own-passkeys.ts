import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { parseForm, typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { sessionIdOf } from '../../../../platform/http/security/session-cookie.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { userAgentIn } from '../../../../platform/lib/user-agents.js';
import { mustHaveFactor, signedIn } from '../../../../policy.js';
import { deviceWords } from '../../activity/device-words.js';
import { shownAccount } from '../factor-account.js';
import { isLastFactor, passkeysOf, type OwnPasskey } from '../own-factors.js';
import { codesOrHome, FACTORS } from '../routes-codes.js';
import { optionsToMake } from './ceremonies.js';
import { addPasskey, removePasskey, renamePasskey } from './passkeys.js';
import { passkeyMade } from './prove-passkey.js';
import { askPasskey, passkeyAnswer } from './routes-challenges.js';

const PASSKEYS = `${FACTORS}/passkeys`;

/** A person's own passkeys: to add one, to name it and to remove it. */
export function passkeyPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${PASSKEYS}/new`, on(showNew));
  router.post(`${PASSKEYS}/challenge`, on(challenge));
  router.post(PASSKEYS, on(add));
  router.get(`${PASSKEYS}/:passkey`, on(showOne));
  router.post(`${PASSKEYS}/:passkey/name`, on(rename));
  router.post(`${PASSKEYS}/:passkey/removal`, on(remove));
  return router;
}

const nameForm = z.object({
  name: z
    .string('errors.passkeyName')
    .trim()
    .min(1, 'errors.passkeyName')
    .max(60, 'errors.passkeyName-long')
    .regex(/^\P{Cc}+$/u, 'errors.passkeyName'),
});

const showNew = (deps: WebDeps, req: Request, res: Response): void =>
  newPage(deps, req, res, { name: deviceWords(userAgentIn(req.headers['user-agent'])) });

/** What the browser is asked to make, as JSON. */
async function challenge(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, isDiscreet } = signedIn(actorOf(req));
  const siteName = isDiscreet ? spoken('factors.discreetIssuer') : deps.config.issuerName;
  const wanted = { userId: id, account: await shownAccount(id), siteName, known: await passkeysOf(id) };
  res.set('Cache-Control', 'no-store').json(optionsToMake(await askPasskey(deps, req, 'credential'), wanted));
}

/** Add what the browser made. Whoever is in by the password alone is signed out. */
async function add(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const name = typed(req.body, 'name');
  const form = parseForm(nameForm, req.body, spoken);
  if (!form.ok) return newPage(deps, req, res, { name, errors: form.errors });
  const answer = passkeyAnswer(deps, req, 'credential');
  const made = answer && (await passkeyMade(answer));
  const isAdded = made && (await addPasskey(id, made, { name: form.value.name, now: deps.clock() }));
  if (!isAdded) return newPage(deps, req, res, { name, isRefused: true });
  await deps.sessions.endAll(id, sessionIdOf(req));
  await codesOrHome(deps, req, res);
}

async function showOne(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const passkey = await own(req);
  await onePage(deps, req, res, passkey, { name: passkey.name });
}

async function rename(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const passkey = await own(req);
  const form = parseForm(nameForm, req.body, spoken);
  if (!form.ok)
    return onePage(deps, req, res, passkey, { name: typed(req.body, 'name'), errors: form.errors });
  await renamePasskey(signedIn(actorOf(req)).id, passkey.id, form.value.name);
  res.redirect(303, `${FACTORS}?done=passkey-named`);
}

async function remove({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const { id } = await own(req);
  await removePasskey(actor.id, id, { mustHaveOne: mustHaveFactor(actor), now: clock() });
  res.redirect(303, `${FACTORS}?done=passkey-removed`);
}

/** One of the reader's own; 404 for any other. */
async function own(req: Request): Promise<OwnPasskey> {
  const passkeys = await passkeysOf(signedIn(actorOf(req)).id);
  const found = passkeys.find(({ id }) => id === req.params.passkey);
  if (!found) throw new NotFound();
  return found;
}

interface NewPage {
  readonly name: string;
  readonly errors?: Record<string, string>;
  readonly isRefused?: boolean;
}

function newPage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { name, errors = {}, isRefused = false }: NewPage,
): void {
  signedIn(actorOf(req));
  const status = isRefused ? 403 : Object.keys(errors).length > 0 ? 422 : 200;
  show(
    req,
    res,
    'people/accounts/factors/new-passkey',
    { name, errors, isRefused },
    { nav: 'account', status },
  );
}

async function onePage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { id, name }: OwnPasskey,
  { name: entered, errors = {} }: { name: string; errors?: Record<string, string> },
): Promise<void> {
  const actor = signedIn(actorOf(req));
  const values = {
    passkey: { id, name },
    isKept: mustHaveFactor(actor) && (await isLastFactor(actor.id)),
    values: { name: entered },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/accounts/factors/passkey', values, { nav: 'account', status });
}
