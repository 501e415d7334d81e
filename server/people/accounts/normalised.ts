/** An address as it is stored: each has exactly one spelling. */
export const normaliseEmail = (typed: string): string => typed.trim().normalize('NFC').toLowerCase();

/** A name as it is stored and printed: NFC, single spaces. */
export const normaliseName = (typed: string): string => typed.normalize('NFC').replace(/\s+/g, ' ').trim();
