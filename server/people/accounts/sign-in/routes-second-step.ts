import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { awaitedIn, sessionKindOf, type Awaited } from '../../../platform/http/security/session-cookie.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { factorsOf } from '../factors/own-factors.js';
import type { FactorOutcome } from '../factors/prove-factor.js';
import { tryFactorOf } from '../factors/routes-prove.js';
import { ownPage } from './own-page.js';
import type { SignIn } from './sign-in.js';

type Deps = WebDeps & SignIn;

/** The page of the second step: after the first, or to open the rest of an account from a session of one organisation. */
export const SECOND_STEP = '/sign-in/second-step';

/** The second step of signing in: a code of an app, or one from paper. */
export function secondStepPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get(SECOND_STEP, on(showStep));
  router.post(SECOND_STEP, on(takeStep));
  return router;
}

/** Whose second step this is, and the session that it follows. */
function furtherIn(req: Request): Awaited | null {
  const [actor, kind] = [actorOf(req), sessionKindOf(req)];
  return actor?.within !== undefined && actor.hasFactor && kind ? { userId: actor.id, kind } : awaitedIn(req);
}

async function showStep(deps: Deps, req: Request, res: Response): Promise<void> {
  const awaited = furtherIn(req);
  if (!awaited) return res.redirect(303, '/sign-in');
  await page(deps, req, res, { userId: awaited.userId, next: req.query });
}

/** Take a code, and let its person in as the first step would have done. */
async function takeStep(deps: Deps, req: Request, res: Response): Promise<void> {
  const awaited = furtherIn(req);
  if (!awaited) return res.redirect(303, '/sign-in');
  const { userId, kind } = awaited;
  const outcome = await tryFactorOf(deps, req, { userId, field: 'code' });
  if (outcome === 'wrong' || outcome === 'refused')
    deps.refusals.note({ ...REFUSED[outcome], subject: networkOf(req.ip), userId }, deps.clock());
  if (outcome !== 'proven') return page(deps, req, res, { userId, next: req.body, outcome });
  if (!(await deps.letIn(req, userId, { door: 'second-step', at: kind.at ?? null, session: kind })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  res.redirect(303, ownPage(typed(req.body, 'next')) || '/learning');
}

const REFUSED = {
  wrong: { kind: 'sign-in', what: 'second-factor' },
  refused: { kind: 'sign-in', what: 'passkey' },
} as const;

interface Shown {
  readonly userId: string;
  /** Where it is said which page to go on to: the address, or the form. */
  readonly next: unknown;
  readonly outcome?: FactorOutcome;
}

async function page(
  { show, config }: Deps,
  req: Request,
  res: Response,
  { userId, next, outcome }: Shown,
): Promise<void> {
  const isWrong = outcome === 'wrong';
  const isRefused = outcome === 'refused';
  const wait = typeof outcome === 'object' ? outcome.wait : null;
  const { app, passkeys } = await factorsOf(userId);
  const values = {
    next: ownPage(typed(next, 'next')),
    hasApp: app !== null,
    hasPasskey: passkeys.length > 0,
    isRefused,
    errors: isWrong ? { code: spoken('errors.factor-code') } : {},
    retry: wait === null ? null : retryIn(res, wait, hereIn(config.timeZone)),
  };
  const status = isWrong ? 422 : isRefused ? 403 : wait === null ? 200 : 429;
  show(req, res, 'people/accounts/sign-in/second-step', values, { status, nav: 'sign-in' });
}
