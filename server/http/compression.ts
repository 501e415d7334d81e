import { gzipSync } from 'node:zlib';
import type { Request } from 'express';
import { originOf, ownOrigin } from './origin.js';

/**
 * At once: about 70 µs for a lesson, less than the way to a thread and back. A window that holds a whole page and no
 * more keeps the memory of each call small.
 */
const HOW = { level: 4, windowBits: 14, memLevel: 7 } as const;

/**
 * A page, packed for a thin line, or null where it must travel as it is.
 *
 * Whoever can make a browser ask for pages with words of his choice, and see on the line how long the answers are,
 * can guess what else stands in them, letter by letter (BREACH): the form's token, a name, a code. So a page is packed
 * only when no other site made a browser ask for it in somebody's name. That closes it for all that a page holds,
 * where masking the token would close it for the token alone. The first page after a link on another site costs some
 * 10 KB more, and only to those who were here before.
 */
export function gzipIfSafe(req: Request, page: string): Buffer | null {
  const wanted = req.acceptsEncodings('gzip') === 'gzip';
  return wanted && !mayBeForeign(req) ? gzipSync(page, HOW) : null;
}

/** Without a cookie the answer is nobody's. Browsers that send no `Sec-Fetch-Site` send our own links' `Referer`. */
function mayBeForeign(req: Request): boolean {
  if (req.headers.cookie === undefined) return false;
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return originOf(req.headers.referer) !== ownOrigin(req);
}
