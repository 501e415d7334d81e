import { translator } from '../../../../platform/i18n/i18n.js';
import { sha256 } from '../../../../platform/lib/tokens.js';

/**
 * Under which words somebody signs: as the instructor, or as an administrator who records for the instructor. Words that were
 * signed are never changed: others get the next number, so that a hash always names the text that somebody read.
 */
export const STATEMENTS = { instructor: '1.instructor', administrator: '1.administrator' } as const;

export type SessionSigner = keyof typeof STATEMENTS;

/** A statement as it is signed, in English whatever the page speaks, with its SHA-256. `name`: as it is stored, such as "1.instructor". */
export function statementCalled(name: string): { readonly text: string; readonly hash: string } {
  const t = translator('en');
  const text = t(`classroom.statement.${name}`);
  return { text, hash: sha256(text) };
}
