import { formatDate, type Place, type Translate } from '../../i18n/i18n.js';
import type { CertificateFacts } from '../queries.js';

/** Since when a certificate stands as it does: the day of the ruling that counts, or its last day; in words. */
export function stateSince(certificate: CertificateFacts, place: Place): string | null {
  const { revokedAt, supersededAt, suspendedAt, validUntil } = certificate;
  const day = revokedAt ?? supersededAt ?? suspendedAt ?? validUntil;
  return day === null ? null : formatDate(day, place);
}

/** Why it was withdrawn, in words for strangers. Of other rulings the reason is the holder's: it may be a name of old. */
export const revocationInWords = ({ revocationReason }: CertificateFacts, t: Translate): string | null =>
  revocationReason && t(`reason.${revocationReason}`);
