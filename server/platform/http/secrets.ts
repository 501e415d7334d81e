import type { Config } from '../../config.js';
import { deriveKey } from '../lib/tokens.js';
import type { Secrets } from './deps.js';

/** The keys for each purpose, from the one secret. */
export const deriveSecrets = ({ secret }: Pick<Config, 'secret'>): Secrets => ({
  links: deriveKey(secret, 'mailed links'),
  limits: deriveKey(secret, 'rate limits'),
  factors: deriveKey(secret, 'second factors'),
  issuerKeys: deriveKey(secret, 'issuer keys'),
  providers: deriveKey(secret, 'identity providers'),
});
