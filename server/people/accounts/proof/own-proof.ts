import type { RateLimits } from '../../../platform/http/security/rate-limits.js';
import { accountLimits } from '../account-limits.js';
import { hasFactor } from '../factors/own-factors.js';
import type { FactorOutcome } from '../factors/prove-factor.js';
import { hasAddress } from '../no-address.js';
import { addressOf } from '../people.js';
import { hasPassword, isOwnPassword } from '../sign-up/recovery.js';

/** Sends people who signed in with their organisation's provider to it again, to prove that it is still them. */
export const PROOF_BY_PROVIDER = '/account/proof/provider';

/** By what somebody who is signed in proves again that it is they. */
export type ProofKind = 'password' | 'pin' | 'code';

/** By what a person can prove themselves: whoever has a second factor by that, which no thief of a password has. Null: by signing in again with a mailed link, since they have nothing else. */
export async function proofKindOf(userId: string): Promise<ProofKind | null> {
  if (await hasFactor(userId)) return 'code';
  if (!(await hasPassword(userId))) return null;
  return hasAddress((await addressOf(userId))?.email ?? '') ? 'password' : 'pin';
}

/** Try a password as a proof that it is this person. Tries are counted before it is looked at. */
export async function tryOwnPassword(
  userId: string,
  password: string,
  { limits, now }: { readonly limits: RateLimits; readonly now: number },
): Promise<FactorOutcome> {
  const wait = await limits.count(accountLimits.passwordByAccount, userId, now);
  if (wait !== null) return { wait };
  if (!(await isOwnPassword(userId, password))) return 'wrong';
  await limits.forgive(accountLimits.passwordByAccount, userId);
  return 'proven';
}
