import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { keptFields, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { sessionIdOf, throughOf, withinOf } from '../../../platform/http/security/session-cookie.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { providerWithId } from '../../identity/providers/providers.js';
import { signedIn } from '../../../policy.js';
import { factorsOf, hasFactor } from '../factors/own-factors.js';
import { passkeyAnswer } from '../factors/passkeys/routes-challenges.js';
import type { FactorOutcome } from '../factors/prove-factor.js';
import { tryFactorOf } from '../factors/routes-prove.js';
import { hasAddress } from '../no-address.js';
import { addressOf } from '../people.js';
import { ownPage } from '../sign-in/own-page.js';
import { PROOF_BY_PROVIDER, proofKindOf, tryOwnPassword, type ProofKind } from './own-proof.js';

const PAGE = '/account/proof';

/** For how long a proof counts (ms). */
const FRESH = 10 * 60_000;

/** The fields that prove it. */
const PROOFS = ['proof', 'passkey'];

/** A form that waits for the proof: where it goes on to, and what was typed into it. */
interface Waiting {
  readonly action: string;
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/** Where somebody proves again that it is they, before a page that asks for it. */
export function proofPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(showProof));
  router.post(PAGE, on(takeProof));
  return router;
}

/**
 * Before what does the most harm in the hands of somebody who finds a browser signed in: lets pass whoever proved within ten
 * minutes that it is they. A page sends others to prove it, and comes after; a form comes again with the proof and all that was
 * typed into it, which is then as if it had been sent now. Visitors and sessions of one course pass: the page itself refuses them.
 */
export const proofFirst =
  (deps: WebDeps): RequestHandler =>
  async (req, res, next) => {
    if (!actorOf(req) || (await isFresh(deps, req))) return next();
    if (req.method === 'GET' || req.method === 'HEAD')
      return res.redirect(303, `${PAGE}?next=${encodeURIComponent(req.originalUrl)}`);
    const waiting = { action: req.originalUrl, kept: keptFields(req.body, PROOFS) };
    if (typed(req.body, 'proof') === '' && !passkeyAnswer(deps, req))
      return ask(deps, req, res, { waiting, status: 403 });
    if (await isProven(deps, req, res, waiting)) next();
  };

/** A provider that was asked anew proves it for the pages of its organisation, and never for what belongs to the account itself. */
async function isFresh({ sessions, clock }: WebDeps, req: Request): Promise<boolean> {
  const { provenAt, vouchedAt } = await sessions.provenAt(sessionIdOf(req));
  const at = OF_ORGANISATION.test(req.originalUrl) ? Math.max(provenAt, vouchedAt) : provenAt;
  return clock() - at < FRESH;
}

/** What the organisation of a session answers for; what belongs to another one is not open in it. */
const OF_ORGANISATION = /^\/(organisations|certificates)\//i;

/** The provider by which somebody came in, where it proves what they are on their way to; null: it does not, or they came otherwise. */
async function providerFor(req: Request, { action, kept }: Waiting) {
  const next = action === PAGE ? (kept[0]?.[1] ?? '') : action;
  const through = withinOf(req) === null ? null : throughOf(req);
  const provider = through && OF_ORGANISATION.test(next) ? await providerWithId(through.providerId) : null;
  if (!provider || provider.state === 'off') return null;
  const onward = action === PAGE ? `?next=${encodeURIComponent(next)}` : '';
  return { name: provider.name, href: `${PROOF_BY_PROVIDER}${onward}` };
}

const showProof = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  ask(deps, req, res, { waiting: toPage(typed(req.query, 'next')) });

async function takeProof(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const next = typed(req.body, 'next');
  if (await isProven(deps, req, res, toPage(next))) res.redirect(303, ownPage(next) || '/account');
}

const toPage = (next: string): Waiting => ({ action: PAGE, kept: [['next', ownPage(next)]] });

/** Whether the form proves it; else the page has asked again. */
async function isProven(deps: WebDeps, req: Request, res: Response, waiting: Waiting): Promise<boolean> {
  const outcome = await tryProof(deps, req);
  if (outcome === 'proven') await deps.sessions.prove(sessionIdOf(req));
  else if (outcome === 'wrong') await ask(deps, req, res, { waiting, isWrong: true, status: 422 });
  else if (outcome === 'refused') await ask(deps, req, res, { waiting, isRefused: true, status: 403 });
  else await ask(deps, req, res, { waiting, wait: outcome.wait, status: 429 });
  return outcome === 'proven';
}

/** By a second factor whoever has one, else by the password. */
async function tryProof(deps: WebDeps, req: Request): Promise<FactorOutcome> {
  const { id } = signedIn(actorOf(req));
  if (await hasFactor(id)) return tryFactorOf(deps, req, { userId: id, field: 'proof' });
  return tryOwnPassword(id, typed(req.body, 'proof'), { limits: deps.limits, now: deps.clock() });
}

interface Asked {
  readonly waiting: Waiting;
  readonly status?: number;
  readonly isWrong?: boolean;
  /** A passkey was. */
  readonly isRefused?: boolean;
  /** Seconds until the next try. */
  readonly wait?: number;
}

async function ask(deps: WebDeps, req: Request, res: Response, asked: Asked): Promise<void> {
  const { waiting, status = 200, isWrong = false, isRefused = false, wait } = asked;
  const { id } = signedIn(actorOf(req));
  const kind = await proofKindOf(id);
  const email = (await addressOf(id))?.email ?? '';
  const { app, passkeys } = await factorsOf(id);
  const values = {
    ...waiting,
    kind,
    hasApp: app !== null,
    hasPasskey: passkeys.length > 0,
    isRefused,
    provider: await providerFor(req, waiting),
    email: hasAddress(email) ? email : null,
    errors: isWrong ? { proof: wrongProof(kind) } : {},
    retry: wait === undefined ? null : retryIn(res, wait, hereIn(deps.config.timeZone)),
  };
  deps.show(req, res, 'people/accounts/proof', values, { status, nav: 'account' });
}

const wrongProof = (kind: ProofKind | null): string => spoken(WRONG[kind ?? 'password']);

const WRONG = {
  password: 'errors.present-password',
  pin: 'errors.present-pin',
  code: 'errors.factor-code',
} as const;
