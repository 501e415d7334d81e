import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { networkOf } from '../../http/security/network.js';
import { retryIn } from '../../http/security/rate-limits.js';
import { awaitedIn } from '../../http/security/session-cookie.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { tryFactor } from '../factors/prove-factor.js';
import { ownPage } from './own-page.js';
import type { SignIn } from './sign-in.js';

type Deps = WebDeps & SignIn;

/** Where whoever has proven their first factor proves the second. */
export const SECOND_STEP = '/sign-in/second-step';

/** The second step of signing in: a code of an app, or one from paper. */
export function secondStepPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get(SECOND_STEP, on(showStep));
  router.post(SECOND_STEP, on(takeStep));
  return router;
}

function showStep(deps: Deps, req: Request, res: Response): void {
  if (!awaitedIn(req)) return res.redirect(303, '/sign-in');
  page(deps, req, res, { next: req.query });
}

/** Take a code, and let its person in as the first step would have done. */
async function takeStep(deps: Deps, req: Request, res: Response): Promise<void> {
  const awaited = awaitedIn(req);
  if (!awaited) return res.redirect(303, '/sign-in');
  const { limits, clock, secrets } = deps;
  const { userId, kind } = awaited;
  const code = { code: typed(req.body, 'code'), now: clock(), key: secrets.factors };
  const outcome = await tryFactor(userId, code, limits);
  if (outcome === 'wrong') deps.refusals.note({ ...WRONG_CODE, subject: networkOf(req.ip), userId }, clock());
  if (outcome !== 'proven') return page(deps, req, res, { next: req.body, outcome });
  if (!(await deps.letInWholly(req, userId, kind)))
    return deps.show(req, res, 'accounts/blocked', {}, { status: 403 });
  res.redirect(303, ownPage(typed(req.body, 'next')) || '/learning');
}

const WRONG_CODE = { kind: 'sign-in', what: 'second-factor' } as const;

interface Shown {
  /** Where it is said which page to go on to: the address, or the form. */
  readonly next: unknown;
  readonly outcome?: 'wrong' | { readonly wait: number };
}

function page({ show, config }: Deps, req: Request, res: Response, { next, outcome }: Shown): void {
  const isWrong = outcome === 'wrong';
  const wait = typeof outcome === 'object' ? outcome.wait : null;
  const values = {
    next: ownPage(typed(next, 'next')),
    errors: isWrong ? { code: spoken('errors.factor-code') } : {},
    retry: wait === null ? null : retryIn(res, wait, hereIn(config.timeZone)),
  };
  const status = isWrong ? 422 : wait === null ? 200 : 429;
  show(req, res, 'accounts/second-step', values, { status, nav: 'sign-in' });
}
