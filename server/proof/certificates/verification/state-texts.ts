import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import type { CertificateFacts } from '../queries.js';

/** The day of a certificate's present state, in words: of the revocation, supersession or suspension, or its last valid day. */
export function stateSince(certificate: CertificateFacts, place: Place): string | null {
  const { revokedAt, supersededAt, suspendedAt, validUntil } = certificate;
  const day = revokedAt ?? supersededAt ?? suspendedAt ?? validUntil;
  return day === null ? null : formatDate(day, place);
}

/** Why a certificate was revoked, in words for strangers. Other reasons are private: one may point to a former name. */
export const revocationInWords = ({ revocationReason }: CertificateFacts, t: Translate): string | null =>
  revocationReason && t(`reason.${revocationReason}`);

/** A day for programs, such as "2027-10-01" (UTC). */
export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
