import type { Request, Response } from 'express';
import { translator } from '../i18n/i18n.js';
import { directionOf, spokenLocale } from '../i18n/spoken.js';
import { keysBelow } from '../i18n/texts.js';
import { remembered } from '../lib/remembered.js';
import { sha256 } from '../lib/tokens.js';
import { managedBy, type Actor } from '../../policy.js';
import { gzipIfSafe } from './compression.js';
import { NEUTRAL_PLACE } from './security/security.js';
import { entryOf, scopeOf, sessionEndOf } from './security/session-cookie.js';
import { SHARED_IDLE } from './security/sessions.js';
import type { HeadBrand, Shell, ViewName, Views } from './views.js';
import type { ViewValues } from '../../../dist/views/values.js';

/** Options of a page besides its values. */
export interface PageOptions {
  readonly status?: number;
  /** The entry of the navigation that the page belongs to: a name of a link in `views/layout.ejs`. */
  readonly nav?: string;
  /** The page holds nothing of its reader, and the browser may cache it for this many seconds. */
  readonly cacheSeconds?: number;
  /** The direction of the page's text, where it differs from that of its language. */
  readonly dir?: 'ltr' | 'rtl';
}

/**
 * What a form has just done, for the next page to say (`?done=`): a screen reader reads these words out, while it would not
 * announce a changed page. Each has its text under `done`.
 */
const DONE = keysBelow('done');

/** Answers a request with a page. Private pages are never stored. */
export type ShowPage = <Name extends ViewName>(
  req: Request,
  res: Response,
  name: Name,
  values: ViewValues[Name],
  options?: PageOptions,
) => void;

/** Makes `show`: the frame's values come from the request and the settings, the page's from the route. */
export function pages(
  views: Views,
  tokenFor: (req: Request, res: Response) => string,
  contact: string | null,
): ShowPage {
  return (req, res, name, values, options = {}) => {
    const status = options.status ?? 200;
    const isCopy = asksForCopy(req);
    const locale = spokenLocale();
    const user = isCopy ? null : actorOf(req);
    const isKnown = res.locals.isKnown === true;
    let token: string | undefined;
    const shell: Shell = {
      locale,
      dir: options.dir ?? directionOf(locale),
      t: translator(locale),
      nonce: String(res.locals.nonce),
      // Once per page: a second token would replace the first one's cookie.
      csrf: () => (isCopy ? '' : (token ??= tokenFor(req, res))),
      currentPath: req.path,
      brand: user ? ((res.locals.brand as HeadBrand | null | undefined) ?? null) : null,
      user: user && {
        name: user.name,
        isAdministrator: user.isAdministrator,
        isManager: managedBy(user).length > 0,
        isInstructor: user.grants.some(({ role }) => role === 'instructor'),
        isShared: entryOf(req) !== null,
        isLimited: scopeOf(req) !== null,
        end: sessionEndOf(req),
        grace: (res.locals.grace as NonNullable<Shell['user']>['grace'] | undefined) ?? null,
      },
      isDiscreet: actorOf(req)?.isDiscreet === true,
      isKnown,
      reader: isCopy || !isKnown ? null : readerMark(user),
      isCopy,
      nav: options.nav ?? null,
      hasErrors: status === 422,
      done: user && status === 200 ? doneBefore(req) : null,
      contact,
      leaveTo: NEUTRAL_PLACE,
    };
    const page = views.render(name, values, shell);
    const compressed = gzipIfSafe(req, page);
    res.statusCode = status;
    if (compressed) res.setHeader('Content-Encoding', 'gzip');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.setHeader('Cache-Control', 'no-store');
    // Nobody else reads what somebody left on the screen: their session has ended by then.
    const entry = user && entryOf(req);
    if (entry) res.setHeader('Refresh', `${SHARED_IDLE / 1000 + 5}; url=${entry}?left`);
    res.setHeader('Vary', 'Accept-Encoding, Accept-Language');
    // `end`, not `send`: an entity tag on a private page costs a hash and saves nothing.
    res.end(compressed ?? page);
  };
}

/** Only for somebody signed in who comes from one of our pages: no link from elsewhere can make us confirm anything. */
function doneBefore(req: Request): string | null {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return null;
  // Express parses the query each time that it is looked at.
  const { done } = req.query;
  return DONE.find(word => word === done) ?? null;
}

/**
 * Whether a page is to be stored on a device and read offline (`?copy`): it has the same text in a frame that names nobody
 * and holds no form token. Routes leave out what the reader has done so far.
 */
export const asksForCopy = (req: Request): boolean => req.method === 'GET' && 'copy' in req.query;

/** A mark of the reader that names nobody: what a device stores for one person is not shown to another. */
const readerMark = (user: Actor | null): string => (user ? markOf(user.id) : 'nobody');

const markOf = remembered({ most: 10_000, keyOf: (id: string) => id }, id =>
  sha256(`kept by ${id}`).slice(0, 16),
);

/** The signed-in person, or null. */
export const actorOf = (req: Request): Actor | null => (req.user as Actor | undefined) ?? null;
