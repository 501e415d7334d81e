import type { Config } from '../config.js';
import type { Logger } from '../lib/log.js';
import type { ShowPage } from './page.js';
import type { RateLimits } from './rate-limits.js';
import type { SessionStore } from './sessions.js';

/** Keys for one purpose each, derived from the installation's secret. */
export interface Secrets {
  /** Makes the secret texts of mailed links. */
  readonly links: Buffer;
  /** Hides the subjects of rate limits. */
  readonly limits: Buffer;
  /** Seals issuer keys at rest. */
  readonly issuerKeys: Buffer;
}

/** A certificate as pages of other slices show it, in texts ready to be read. */
export interface CertificateCard {
  readonly href: string;
  readonly pdfHref: string;
  readonly holder: string;
  readonly maskedName: string;
  readonly course: string;
  readonly awarded: string;
  readonly validUntil: string;
  readonly code: string;
  readonly verifyUrl: string;
  readonly qr: { readonly size: number; readonly path: string };
}

/** What every slice's routes are given: outside things, and how to answer with a page. */
export interface WebDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly show: ShowPage;
  readonly limits: RateLimits;
  readonly sessions: SessionStore;
  /** Waits until the worker has done what a request just caused, but no longer than a moment. */
  readonly settle: () => Promise<void>;
  /** The certificate of a round, for slices that stand left of certificates; null while there is none. */
  readonly certificateOf: (cycleId: string) => Promise<CertificateCard | null>;
}
