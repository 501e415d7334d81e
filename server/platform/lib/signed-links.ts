import { timingSafeEqual } from 'node:crypto';
import { isId } from './ids.js';
import { linkToken } from './tokens.js';

/**
 * What a mailed link lets its holder do, and nothing else: answer one refresher, turn such mail off and on, or turn off and
 * on the reminders before a certificate's end, or a manager's weekly summary; confirm a new address, or object from the old one; object to a merge.
 */
type Purpose = 'refresher' | 'opt-out' | 'reminders' | 'digest' | 'new-address' | 'old-address' | 'merge';

/**
 * The text in a mailed link: the id of the refresher (for reminders, of the cycle; for a summary, a change of address or a merge, its own) and a keyed hash of purpose and id (HMAC-SHA-256), so that nobody
 * can make one up or use one in place of another. Nothing is stored for it.
 */
export const signLink = (purpose: Purpose, id: string, key: Buffer): string =>
  `${id}.${linkToken(key, `${purpose} ${id}`)}`;

/** The id in a link's token, or null when the token is not ours. */
export function readLink(purpose: Purpose, token: string, key: Buffer): string | null {
  const id = token.slice(0, token.indexOf('.'));
  if (!isId(id)) return null;
  const [given, right] = [token, signLink(purpose, id, key)].map(text => Buffer.from(text));
  return given && right && given.length === right.length && timingSafeEqual(given, right) ? id : null;
}

/** Addresses of the pages that mails link to. */
export const mailPages = {
  refresher: '/follow-up/refresher',
  optOut: '/follow-up/opt-out',
  optIn: '/follow-up/opt-in',
} as const;

/** The two links of one refresher's mail. */
export const mailLinks = (baseUrl: string, id: string, key: Buffer) => ({
  questions: `${baseUrl}${mailPages.refresher}?token=${signLink('refresher', id, key)}`,
  optOut: `${baseUrl}${mailPages.optOut}?token=${signLink('opt-out', id, key)}`,
});
