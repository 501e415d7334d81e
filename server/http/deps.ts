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

/** What may be done to renew a certificate, in words: a form to `action` or a page at `href` once it `isOpen`. */
export interface RenewalOffer {
  readonly text: string;
  readonly isOpen: boolean;
  readonly action: string | null;
  readonly href: string | null;
}

/** A certificate as pages of other slices show it, in texts ready to be read. */
export interface CertificateCard {
  readonly href: string;
  readonly pdfHref: string;
  readonly holder: string;
  readonly maskedName: string;
  readonly course: string;
  /** Completes "awareness training in …"; null where the award named none. */
  readonly subject: string | null;
  readonly awarded: string;
  readonly validUntil: string;
  readonly code: string;
  readonly verifyUrl: string;
  readonly qr: { readonly size: number; readonly path: string };
}

/** The short questions before or after a course, as its page offers them. */
export interface FollowUpOffer {
  readonly when: 'before' | 'after';
  readonly state: 'new' | 'begun' | 'finished';
  readonly questions: number;
  readonly minutes: number;
  /** The page of the form; it is begun by a POST to the same address. */
  readonly href: string;
  /** Where "Not now" is sent. */
  readonly refusal: string;
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
  /** The course with this slug, for slices that stand left of courses: its slug, or '' where we have no such course. */
  readonly courseNamed: (slug: string) => Promise<string>;
  /** The page of a course that a person has begun, for slices that stand left of learning; null when they have not. */
  readonly begunAt: (userId: string, courseSlug: string) => Promise<string | null>;
  /** The certificate of a round, for slices that stand left of certificates; null while there is none. */
  readonly certificateOf: (cycleId: string) => Promise<CertificateCard | null>;
  /** Whether making the certificate of a completed cycle has failed so far; it is tried again without end. */
  readonly isCertificateDelayed: (cycleId: string) => Promise<boolean>;
  /** How the certificate of a round is renewed, for the same slices; null where there is nothing to renew. */
  readonly renewalOf: (cycleId: string) => Promise<RenewalOffer | null>;
  /** The questions before or after a course, for slices that stand left of them; null when none are offered. */
  readonly followUpOf: (
    round: { readonly id: string; readonly courseVersionId: string; readonly completedAt: number | null },
    hasBegun: boolean,
  ) => Promise<FollowUpOffer | null>;
}
