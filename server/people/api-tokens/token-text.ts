import { createHash } from 'node:crypto';

/** By this, programs that look for secrets in files recognise ours. */
const MARK = 'spt_';

/** How many of its letters a token is told apart by: so few say nothing of the other 38. */
const SHOWN = 9;

/** The token that follows from 32 bytes of chance (RFC 6750 asks that nobody can guess one), and its beginning, which may be shown. */
export function tokenFrom(chance: string): { text: string; beginning: string } {
  const text = MARK + createHash('sha256').update(chance).digest('base64url');
  return { text, beginning: text.slice(0, SHOWN) };
}

/** Whether a text can be a token of ours: anything else asks nothing of the database. */
export const isTokenText = (text: string): boolean => /^spt_[\w-]{43}$/.test(text);
