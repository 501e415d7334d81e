import { remembered } from '../../../../platform/lib/remembered.js';

/** The fixed words of the PDF. They say what the holder did, never what the holder may do. */
export const PAPER_WORDS = {
  product: 'Safe Passage',
  title: 'Certificate of completion',
  completed: 'has completed awareness training',
  version: 'Version',
  awarded: 'Awarded',
  validUntil: 'Valid until',
  noEnd: 'No end date',
  issuedBy: 'Issued by',
  check: 'Check this certificate',
  limits: 'To check this certificate, scan the code or enter the number at the address above.',
  signed: 'Signed by the issuer',
  log: 'Ledger entry',
} as const;

/** The notes below the key: what it is, what the signed file says of length and assurance, and what could not be drawn. */
export function signatureNotes({ narrative, whole }: { narrative: string; whole: boolean }): string[] {
  const unprinted = 'Some characters in this name cannot be printed. The signed file has the full name.';
  const said = ['Key fingerprint above. The signed file is in this PDF.', narrative];
  return whole ? said : [...said, unprinted];
}

/** A date in words, "24 November 2026", in the organisation's time zone. */
export function dateInWords(epochMs: number, timeZone: string): string {
  return calendarOf(timeZone).format(epochMs);
}

const calendarOf = remembered(
  { most: 50, keyOf: (timeZone: string) => timeZone },
  timeZone => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone }),
);

/** The text in groups of four, which are easier to compare and to type. */
export function inFours(text: string, between: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(between);
}

/** An address without its scheme, as people write it. */
export function spokenAddress(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
