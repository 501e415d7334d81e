/** The fixed words on the paper. It says what was done, never what the holder may do. */
export const WORDS = {
  product: 'Safe Passage',
  title: 'Certificate',
  completed: 'has completed awareness training',
  awarded: 'Awarded',
  validUntil: 'Valid until',
  noEnd: 'No end date',
  issuedBy: 'Issued by',
  check: 'Check this certificate',
  limits: 'This paper proves nothing by itself. Scan the code, or open the address and type the number.',
  signed: 'Signed by the issuer',
} as const;

/** How far to trust the name: who stated it, and that nobody watched. */
export function assuranceSentence(assurance: 'holder' | 'employer'): string {
  return (
    `Key fingerprint. The signed file is inside this PDF. The name was stated by the ${assurance}. ` +
    'The test was not watched by an examiner.'
  );
}

/** A date in words, "24 November 2026", in the organisation's time zone. */
export function dateInWords(epochMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(epochMs);
}

/** Groups of four, for eyes that compare and fingers that type. */
export function inFours(text: string, between: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(between);
}

/** An address as people say it: without the scheme. */
export function spokenAddress(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
