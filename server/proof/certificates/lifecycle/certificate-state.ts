/** `cannot-tell`: something that should hold does not, so nothing good is said of the certificate. */
export type CertificateState = 'valid' | 'expired' | 'revoked' | 'suspended' | 'superseded' | 'cannot-tell';

/**
 * The state of a certificate at `now`. Revocation, supersession and suspension, in this order, outweigh expiry. A
 * certificate whose row was edited is never valid.
 */
export function certificateState(
  certificate: {
    validUntil: number | null;
    revokedAt: number | null;
    suspendedAt: number | null;
    supersededAt: number | null;
    isIntact: boolean;
  },
  now: number,
): CertificateState {
  if (certificate.revokedAt !== null) return 'revoked';
  if (certificate.supersededAt !== null) return 'superseded';
  if (certificate.suspendedAt !== null) return 'suspended';
  if (!certificate.isIntact) return 'cannot-tell';
  if (certificate.validUntil !== null && certificate.validUntil <= now) return 'expired';
  return 'valid';
}
