import type { RateLimits } from '../../../platform/http/security/rate-limits.js';
import { normaliseCode } from '../../../platform/lib/ids.js';
import { accountLimits } from '../account-limits.js';
import { takeAppCode, type TypedCode } from './authenticator-apps.js';
import { takeRecoveryCode } from './recovery-codes.js';

/** What a typed code came to, or a passkey (`refused`); `wait`: too many codes were wrong, seconds until the next. */
export type FactorOutcome = 'proven' | 'wrong' | 'refused' | { readonly wait: number };

/**
 * Try a code of a person's app or of their paper. Tries are counted before the code is looked at: apart for the two, so that
 * whoever guesses the six digits of the app with a stolen password cannot keep out its owner, who has the paper.
 */
export async function tryFactor(
  userId: string,
  typed: TypedCode,
  limits: RateLimits,
): Promise<FactorOutcome> {
  const isPaper = normaliseCode(typed.code) !== null;
  const limit = isPaper ? accountLimits.recoveryByAccount : accountLimits.appCodeByAccount;
  const wait = await limits.count(limit, userId, typed.now);
  if (wait !== null) return { wait };
  const isRight = await (isPaper ? takeRecoveryCode : takeAppCode)(userId, typed);
  if (!isRight) return 'wrong';
  await limits.forgive(limit, userId);
  return 'proven';
}
