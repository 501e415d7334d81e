import type { VerificationReason } from '../../open-badges/verify.js';
import type { OfflineVerdict } from './judge.js';

/** The texts of the offline check: the same on the page and in the terminal. */
export const VERDICTS: Record<OfflineVerdict, { title: string; text: string }> = {
  valid: {
    title: 'Genuine and valid',
    text: 'The issuer signed exactly this, and the list does not show it as revoked, suspended or replaced.',
  },
  // One bit of the list stands for all three.
  revoked: {
    title: 'No longer valid',
    text: 'The certificate is genuine, but the issuer has revoked, suspended or replaced it.',
  },
  expired: { title: 'Expired', text: 'The certificate is genuine, but its last day has passed.' },
  'not-yet-valid': {
    title: 'Not valid yet',
    text: 'The certificate is genuine, but it is not valid until later.',
  },
  'status-unknown': {
    title: 'Genuine, but perhaps no longer valid',
    text: 'The issuer signed exactly this. This check cannot tell whether it was revoked, suspended or replaced later.',
  },
  tampered: { title: 'Do not rely on this file', text: 'It is not what the issuer signed.' },
  'not-ours': {
    title: 'A different issuer',
    text: 'The key document that you gave belongs to a different issuer.',
  },
  unreadable: {
    title: 'No certificate found',
    text: 'The file contains no signed certificate, or more than one. A picture or print of a certificate proves nothing.',
  },
};

/** What to do about it. Most reasons need no more than the text of the verdict. */
const ADVICE: Partial<Record<VerificationReason, string>> = {
  'no-status-list':
    'Give the status list too: it is in an audit pack, and at the address that the certificate names.',
  'stale-status-list': 'The status list is too old, or not valid yet. A list is trusted for 30 days.',
  'bad-status-list': 'The status list is a different one, or it was altered.',
  'outside-status-list': 'The status list has no place for this certificate.',
  'withdrawn-key': 'The issuer no longer vouches for the key.',
  'unknown-key': 'The key document does not contain the key.',
};

export const adviceOn = (reasons: readonly VerificationReason[]): string[] =>
  reasons.flatMap(each => ADVICE[each] ?? []);

export const WORDS = {
  name: 'Name',
  course: 'Course',
  subject: 'Subject',
  issuer: 'Issuer',
  awarded: 'Awarded',
  validUntil: 'Valid until',
  noEnd: 'No end date',
  key: 'Key',
  listAt: 'Status list signed',
  compare:
    'Anyone who makes a certificate can also make a key document for it. Compare the key with the paper.',
} as const;
