import type { WebDeps } from '../../platform/http/deps.js';
import type { Papers } from './documents/papers.js';
import type { Issuer } from './issuer/issuer.js';

/** What routes need that check what was signed, or give it out. */
export interface IssuerDeps extends WebDeps {
  readonly issuer: Issuer;
  readonly papers: Papers;
}
