import type { JudgedFile } from './judge.js';
import { WORDS } from './offline-words.js';

/** The signed facts as lines of label and value. Days are in UTC, as signed. */
export function factLines({ facts }: JudgedFile): { label: string; value: string }[] {
  if (!facts) return [];
  const { name, course, issuer, awardedAt, validUntil, key } = facts;
  return [
    { label: WORDS.name, value: name },
    { label: WORDS.course, value: course.title },
    ...(course.subject ? [{ label: WORDS.subject, value: course.subject }] : []),
    { label: WORDS.issuer, value: `${issuer.name} (${issuer.did})` },
    { label: WORDS.awarded, value: day(awardedAt) },
    { label: WORDS.validUntil, value: validUntil === null ? WORDS.noEnd : day(validUntil) },
    { label: WORDS.key, value: key },
  ];
}

/** "24 November 2026". */
const day = (epochMs: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(epochMs);
