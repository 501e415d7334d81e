import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** SHA-256 in hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** A 32-byte key for one purpose, derived from the installation's secret (HKDF-SHA-256, RFC 5869). */
export const deriveKey = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/**
 * The secret text in a mailed link. It is computed from the token row's id, so that a job can write the mail although the
 * secret is never stored: the database holds only its SHA-256.
 */
export const linkToken = (key: Buffer, tokenId: string): string =>
  createHmac('sha256', key).update(tokenId).digest('base64url');
