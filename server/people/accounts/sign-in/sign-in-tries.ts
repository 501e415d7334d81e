import { inTransaction } from '../../../platform/db/transaction.js';
import type { Limit, RateLimits } from '../../../platform/http/security/rate-limits.js';
import { accountLimits } from '../account-limits.js';

/** Somebody tries to sign in. `device`: the id of a browser that is known for this address, or null. */
export interface SignInTry {
  readonly email: string;
  readonly network: string;
  readonly device: string | null;
}

type Counter = readonly [limit: Limit, subject: string];

/**
 * Count a try. Returns the seconds to wait where it exceeds a limit, null where it does not. Those who come at once lock the
 * counters in the same order, here and in `forgiveSignIn`.
 */
export const countSignIn = (limits: RateLimits, one: SignInTry, now: number): Promise<number | null> =>
  inTransaction(async () => {
    for (const [limit, subject] of [own(one), ...shared(one)]) {
      const wait = await limits.count(limit, subject, now);
      if (wait !== null) return wait;
    }
    return null;
  });

/** A try succeeded: forget the mistakes before it, and take it back from the limits that others share. */
export const forgiveSignIn = (limits: RateLimits, one: SignInTry): Promise<void> =>
  inTransaction(async () => {
    await limits.forgive(...own(one));
    for (const counter of shared(one)) await limits.giveBack(...counter);
  });

/**
 * The limit that only tries of the same origin count against. A browser that is known for the account has one to itself, so
 * that strangers cannot keep its owner out. It is counted first, so that one network cannot use up what all share.
 */
const own = ({ email, network, device }: SignInTry): Counter =>
  device
    ? [accountLimits.signInByDevice, `${device} ${email}`]
    : [accountLimits.signInByPair, `${network} ${email}`];

const shared = ({ email, network, device }: SignInTry): Counter[] =>
  device
    ? []
    : [
        [accountLimits.signInByAddress, network],
        [accountLimits.signInByAccount, email],
      ];
