import { gzipSync } from 'node:zlib';
import type { Request } from 'express';
import { originOf, ownOrigin } from './security/origin.js';

/**
 * Compressed synchronously: about 70 µs for a lesson, less than the way to a thread and back. A window that holds a whole
 * page and no more keeps the memory of each call small.
 */
const HOW = { level: 4, windowBits: 14, memLevel: 7 } as const;

/**
 * A page, compressed for a slow connection, or null where it must be sent as it is.
 *
 * Attackers who can make a browser request pages with words of their choice, and see how long the answers are, can guess
 * what else a page holds, letter by letter (BREACH): the form's token, a name, a code. So a page is compressed only when no
 * other site made the browser request it with a cookie. That protects everything on the page, where masking the token would
 * protect the token alone. The first page after a link on another site costs about 10 KB more, and only for people who were
 * here before.
 */
export function gzipIfSafe(req: Request, page: string): Buffer | null {
  const isAccepted = req.acceptsEncodings('gzip') === 'gzip';
  return isAccepted && !mayBeForeign(req) ? gzipSync(page, HOW) : null;
}

/** Without a cookie the answer is about nobody. Browsers that send no `Sec-Fetch-Site` send a `Referer` for our own links. */
function mayBeForeign(req: Request): boolean {
  if (req.headers.cookie === undefined) return false;
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return originOf(req.headers.referer) !== ownOrigin(req);
}
