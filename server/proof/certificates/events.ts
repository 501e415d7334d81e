import { event, privateEvent, type PayloadsOf } from '../../platform/events/event.js';

/**
 * What was published and is not in the database any more, since an older copy was put back: rows of the
 * ledger and signed heads up to these numbers, and versions of status lists between the two.
 */
export interface RestoreNoticed {
  readonly ledgerSeq: number;
  readonly ledgerHash: string;
  readonly headNumber: number;
  readonly lists: readonly { readonly listId: number; readonly from: number; readonly to: number }[];
}

/** What is recorded of certificates, their keys and their ledger. */
export const certificateEvents = {
  /** Somebody brought a certificate from elsewhere, as a file that we verified or entered from paper. */
  'elsewhere.brought': event<{ elsewhereId: string; membershipId: string; way: 'file' | 'paper' }>(
    'certificates',
  ),
  'elsewhere.counted': event<{ elsewhereId: string; membershipId: string; courseSlug: string }>(
    'certificates',
  ),
  'elsewhere.refused': event<{ elsewhereId: string; membershipId: string }>('certificates'),
  /** `endedOn`: since which day its issuer says that it does not hold. */
  'elsewhere.revoked': event<{ elsewhereId: string; membershipId: string; endedOn: string }>('certificates'),
  /** It should never have been counted. */
  'elsewhere.taken-back': event<{ elsewhereId: string; membershipId: string }>('certificates'),
  /** The list of its issuer says that it is revoked. */
  'elsewhere.found-revoked': event<{ elsewhereId: string; membershipId: string }>('certificates'),
  'name-request.made': event<{ requestId: string; cycleId: string; userId: string }>('certificates'),
  'name-request.approved': event<{ requestId: string; cycleId: string; userId: string }>('certificates'),
  'name-request.refused': event<{ requestId: string; cycleId: string; userId: string }>('certificates'),
  'shown-name.chosen': privateEvent<{ cycleId: string; shown: string }>('certificates'),
  'share-link.opened': privateEvent<{ linkId: string; cycleId: string; userId: string; days: number }>(
    'certificates',
  ),
  'share-link.closed': privateEvent<{ linkId: string; cycleId: string; userId: string }>('certificates'),
  'renewal.due': event<{ cycleId: string; certificateId: string; userId: string; days: number }>(
    'certificates',
  ),
  'certificate.awarded': event<{ certificateId: string; cycleId: string; userId: string }>('certificates'),
  /** Somebody passed and has no certificate: found by the daily search, not by the job that should have made it. */
  'certificate.missing': event<{ cycleId: string; userId: string }>('certificates'),
  'certificate.issued': event<{
    certificateId: string;
    userId: string;
    sha256: string;
    keyId: string;
    ledgerSeq: number;
    ledgerHash: string;
  }>('certificates'),
  'certificate.revoked': event<{ certificateId: string; userId: string; reason: string }>('certificates'),
  'certificate.suspended': event<{ certificateId: string; userId: string; reason: string }>('certificates'),
  'certificate.superseded': event<{
    certificateId: string;
    replacementId: string;
    userId: string;
    reason: string;
  }>('certificates'),
  'issuer-key.created': event<{ keyId: string }>('keys'),
  'issuer-key.rotated': event<{ keyId: string; previousKeyId: string }>('keys'),
  'issuer-key.retired': event<{ keyId: string }>('keys'),
  'issuer-key.compromised': event<{ keyId: string }>('keys'),
  'issuer-key.replacing': event<{ keyId: string }>('keys'),
  'status-list.signed': event<{ listId: number; number: number; sha256: string }>('keys'),
  'ledger.head-signed': event<{ number: number; sha256: string }>('keys'),
  'ledger.check-asked': event<{ checkId: string; isWhole: boolean }>('keys'),
  /** `since`, `upTo`: numbers of signed heads (null: from the beginning; there was none). */
  'ledger.checked': event<{
    checkId: string;
    since: number | null;
    upTo: number | null;
    discrepancies: number;
  }>('keys'),
  /** Of a certificate. Null: formerly, the pack of the whole organisation. */
  'audit-pack.taken': event<{ certificateId: string | null }>('certificates'),
  'restore.noticed': event<RestoreNoticed>('operation'),
  /** Marks of what was published were lost, from this time on (epoch ms) or before. */
  'marks.accepted': event<{ since: number }>('operation'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof certificateEvents> {}
}
