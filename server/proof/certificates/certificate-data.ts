import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { BY_CYCLE } from '../../teaching/learning/learning-data.js';
import { NameRequest, ShareLink, ShownNameChoice } from './holder/tables.js';
import { RenewalReminder } from './renewal/tables.js';
import { CertificateElsewhere } from './elsewhere/tables.js';
import { Erasure } from './erasure/tables.js';
import { Certificate, Revocation, Supersession, Suspension } from './tables.js';
import { CertificateDoubt } from './verification/tables.js';

const BY_CERTIFICATE = {
  through: 'certificateId',
  of: { table: Certificate, owner: { account: 'userId' } },
} as const;

/** Whoever changed a certificate wrote the note; it may name others. */
const CHANGE = { without: ['actorId', 'note'] } as const;

/** What this slice holds of a person. */
export const certificateData: readonly PersonalTable[] = [
  personal(
    NameRequest,
    { account: 'userId' },
    {
      exported: { as: 'corrections-of-names', without: ['userId', 'decidedBy'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    ShownNameChoice,
    { account: 'userId' },
    {
      exported: { as: 'shown-names', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    ShareLink,
    { account: 'userId' },
    {
      exported: { as: 'shared-links', without: ['userId', 'tokenHash'] },
      erased: { do: 'remove' },
    },
  ),
  personal(RenewalReminder, BY_CYCLE, { exported: { as: 'reminders-to-renew' }, erased: { do: 'remove' } }),
  personal(
    CertificateElsewhere,
    { membership: 'membershipId' },
    {
      exported: { as: 'certificates-from-elsewhere', without: ['enteredBy', 'decidedBy', 'endedBy'] },
      erased: { do: 'blank', columns: { holderName: null, number: null, reason: null }, stays: 'award' },
    },
  ),
  personal(CertificateDoubt, BY_CERTIFICATE, {
    exported: { not: 'A check of our own that failed: nothing about the person.' },
    erased: { do: 'remove' },
  }),
  personal(Erasure, BY_CERTIFICATE, {
    exported: { not: 'Hashes of certificates of people who were erased: nobody can ask for them any more.' },
    erased: { do: 'keep', stays: 'award' },
  }),
  personal(Revocation, BY_CERTIFICATE, {
    exported: { as: 'revocations', ...CHANGE },
    erased: { do: 'blank', columns: { note: null }, stays: 'award' },
  }),
  personal(Suspension, BY_CERTIFICATE, {
    exported: { as: 'suspensions', ...CHANGE },
    erased: { do: 'blank', columns: { note: null }, stays: 'award' },
  }),
  personal(Supersession, BY_CERTIFICATE, {
    exported: { as: 'replaced-certificates', without: [...CHANGE.without, 'dedupeKey'] },
    erased: { do: 'blank', columns: { note: null }, stays: 'award' },
  }),
  personal(
    Certificate,
    { account: 'userId' },
    {
      exported: { as: 'certificates', without: ['userId', 'statusListId', 'statusIndex'] },
      erased: { do: 'verb', stays: 'award' },
    },
  ),
];
