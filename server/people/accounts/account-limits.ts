import type { Limit } from '../../platform/http/security/rate-limits.js';

/**
 * Limits on signing in and on links. They delay and lock nobody out: many strangers at one account slow down strangers, and
 * its owner can still get in. A try that succeeds is given back (`giveBack`), so for a class behind one address only
 * mistakes count.
 */
export const accountLimits = {
  // Wrong passwords. A training room signs in at once from one address.
  signInByAddress: { name: 'sign-in-address', points: 200, seconds: 600 },
  signInByPair: { name: 'sign-in-pair', points: 10, seconds: 1800 },
  /** In a browser that is known for the account: its owner's tries, whatever others do. */
  signInByDevice: { name: 'sign-in-device', points: 10, seconds: 600 },
  /** From all unknown browsers together: 1,440 guesses a day, from however many addresses. */
  signInByAccount: { name: 'sign-in-account', points: 60, seconds: 3600 },
  passwordByAccount: { name: 'password-account', points: 10, seconds: 600 },
  // Wrong codes of the second factor, by whoever has proven the first: 480 guesses a day, each with three chances in a million.
  appCodeByAccount: { name: 'app-code-account', points: 10, seconds: 1800 },
  recoveryByAccount: { name: 'recovery-account', points: 10, seconds: 600 },
  // Challenges for passkeys: as many as tries to sign in.
  passkeyByAddress: { name: 'passkey-address', points: 200, seconds: 600 },
  /** Each asks for mail to an address that may be a stranger's. */
  addressByAccount: { name: 'address-account', points: 5, seconds: 3600 },
  /** Passwords with one link to a new address, which a stranger may have got: from wherever they try. */
  newAddressByLink: { name: 'new-address-link', points: 10, seconds: 600 },
  // Accepted forms only. Each sends a mail to an address that a stranger may have typed.
  signUpByAddress: { name: 'sign-up-address', points: 300, seconds: 3600 },
  resetByAddress: { name: 'reset-address', points: 100, seconds: 3600 },
  signInLinkByAddress: { name: 'sign-in-link-address', points: 300, seconds: 3600 },
  // Mails to one recipient. The newest link outlives its limit, so that there is always one that works.
  confirmMail: { name: 'confirm-mail', points: 5, seconds: 3600 },
  resetMail: { name: 'reset-mail', points: 3, seconds: 1800 },
  signInLinkMail: { name: 'sign-in-link-mail', points: 5, seconds: 1800 },
  // Links that do not work.
  linkByAddress: { name: 'link-address', points: 60, seconds: 600 },
} as const satisfies Record<string, Limit>;
