import { formatDate, type Place, type Translate } from '../../i18n/i18n.js';
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
