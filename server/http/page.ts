import type { Request, Response } from 'express';
import { translator } from '../i18n/i18n.js';
import type { Actor } from '../policy.js';
import { NEUTRAL_PLACE } from './security.js';
import type { NavItem, Shell, Values, Views } from './views.js';

/** Options of a page besides its values. */
export interface PageOptions {
  readonly status?: number;
  readonly nav?: NavItem;
  /** A page that holds nothing of its reader and may be kept by the browser for this many seconds. */
  readonly cacheSeconds?: number;
}

/** Answer a request with a page. Private pages are never stored. */
export type ShowPage = (
  req: Request,
  res: Response,
  name: string,
  values: Values,
  options?: PageOptions,
) => void;

/** How pages are answered: the frame's values come from the request, the rest from the route. */
export function pages(views: Views, tokenFor: (req: Request, res: Response) => string): ShowPage {
  return (req, res, name, values, options = {}) => {
    const user = actorOf(req);
    let token: string | undefined;
    const shell: Shell = {
      locale: 'en',
      dir: 'ltr',
      t: translator('en'),
      nonce: String(res.locals.nonce),
      // Once a page: a second token would take the cookie from the first.
      csrf: () => (token ??= tokenFor(req, res)),
      currentPath: req.path,
      user: user && { name: user.name, isAdministrator: user.isAdministrator },
      nav: options.nav ?? null,
      hasErrors: options.status === 422,
      leaveTo: NEUTRAL_PLACE,
    };
    // `end`, not `send`: an entity tag on a private page costs a hash and saves nothing.
    res
      .status(options.status ?? 200)
      .set('Content-Type', 'text/html; charset=utf-8')
      .set('Cache-Control', 'no-store')
      .end(views.render(name, values, shell));
  };
}

/** The signed-in person, or null. */
export const actorOf = (req: Request): Actor | null => (req.user as Actor | undefined) ?? null;
