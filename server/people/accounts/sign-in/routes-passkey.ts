import { Router, type Request, type Response } from 'express';
import { TooMany } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { accountLimits } from '../account-limits.js';
import { optionsToSign } from '../factors/passkeys/ceremonies.js';
import { personOfPasskey } from '../factors/passkeys/prove-passkey.js';
import { askPasskey, passkeyAnswer } from '../factors/passkeys/routes-challenges.js';
import { goesOnIn, maskedAddress } from '../merged-accounts.js';
import { again, pageAfter } from './routes-sign-in.js';
import type { SignIn } from './sign-in.js';

type Deps = WebDeps & SignIn;

/** Signing in with a passkey alone: it is both factors, since its device asks for a PIN or a finger. */
export function passkeySignIn(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.post('/sign-in/passkey/challenge', on(challenge));
  router.post('/sign-in/passkey', on(enter));
  return router;
}

/** What a browser is asked to sign, as JSON: to sign in, as the second step, or to prove again that it is they. */
async function challenge(deps: Deps, req: Request, res: Response): Promise<void> {
  const wait = await deps.limits.count(accountLimits.passkeyByAddress, networkOf(req.ip), deps.clock());
  if (wait !== null) throw new TooMany(wait);
  res.set('Cache-Control', 'no-store').json(optionsToSign(await askPasskey(deps, req)));
}

const WRONG_PASSKEY = { kind: 'sign-in', what: 'passkey' } as const;

async function enter(deps: Deps, req: Request, res: Response): Promise<void> {
  const answer = passkeyAnswer(deps, req);
  const userId = answer && (await personOfPasskey(answer));
  if (!userId) {
    deps.refusals.note({ ...WRONG_PASSKEY, subject: networkOf(req.ip), userId: null }, deps.clock());
    return again(deps, req, res, { isPasskeyRefused: true });
  }
  if (!(await deps.letIn(req, userId, { door: 'passkey', at: null }))) return closed(deps, req, res, userId);
  res.redirect(303, await pageAfter(req));
}

/** The passkey is right, and the account blocked or merged: only its owner is told so. */
async function closed({ show }: Deps, req: Request, res: Response, userId: string): Promise<void> {
  const kept = await goesOnIn(userId);
  if (!kept) return show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  show(
    req,
    res,
    'people/accounts/sign-in/merged-account',
    { address: maskedAddress(kept.email) },
    { status: 403 },
  );
}
