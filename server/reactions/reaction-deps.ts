import type { Papers } from '../certificates/documents/papers.js';
import type { Issuer } from '../certificates/issuer/issuer.js';
import type { RateLimits } from '../http/security/rate-limits.js';
import type { SessionStore } from '../http/security/sessions.js';
import type { MailingDeps } from '../notifications/mail-reactions.js';

/** What reactions and routines need from outside. */
export interface ReactionDeps extends MailingDeps {
  readonly issuer: Issuer;
  readonly papers: Papers;
  readonly sessions: SessionStore;
  readonly limits: RateLimits;
}
