import type { Config } from '../../config.js';
import type { Logger } from '../lib/log.js';
import type { ShowPage } from './page.js';
import type { Refusals } from './security/refusals.js';
import type { RateLimits } from './security/rate-limits.js';
import type { SessionStore } from './security/sessions.js';

/** Keys for one purpose each, derived from the installation's secret. */
export interface Secrets {
  /** Makes the secret texts of mailed links. */
  readonly links: Buffer;
  /** Hides the subjects of rate limits. */
  readonly limits: Buffer;
  /** Seals the secrets of second factors at rest, and hides codes on paper. */
  readonly factors: Buffer;
  /** Seals issuer keys at rest. */
  readonly issuerKeys: Buffer;
  /** Seals the secrets of identity providers at rest. */
  readonly providers: Buffer;
}

/** What every slice's routes are given: outside things, and how to answer with a page. */
export interface WebDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly show: ShowPage;
  readonly limits: RateLimits;
  /** Counts what is refused, for the log of the administration and for people's own history. */
  readonly refusals: Refusals;
  readonly sessions: SessionStore;
  /** Waits until the worker has done what a request just caused, but no longer than a moment. */
  readonly settle: () => Promise<void>;
  /** Waits until nothing is left of the certificates that were earned by now, but no longer than people wait for a page. */
  readonly catchUp: () => Promise<void>;
}
