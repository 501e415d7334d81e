import type { Request } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { personOfPasskey } from './passkeys/prove-passkey.js';
import { passkeyAnswer } from './passkeys/routes-challenges.js';
import { tryFactor, type FactorOutcome } from './prove-factor.js';

/** Whose factor is asked for, and the field of the form where a code of it is typed. */
interface AskedFactor {
  readonly userId: string;
  readonly field: string;
}

/** Try what a form proves a person's second factor by: their passkey, or the code that was typed. */
export async function tryFactorOf(
  deps: WebDeps,
  req: Request,
  { userId, field }: AskedFactor,
): Promise<FactorOutcome> {
  const answer = passkeyAnswer(deps, req);
  if (answer) return (await personOfPasskey(answer)) === userId ? 'proven' : 'refused';
  const code = { code: typed(req.body, field), now: deps.clock(), key: deps.secrets.factors };
  return tryFactor(userId, code, deps.limits);
}
