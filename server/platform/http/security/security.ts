import { randomUUID } from 'node:crypto';
import { doubleCsrf } from 'csrf-csrf';
import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../../../config.js';
import { Forbidden, FormTooOld } from '../../../errors.js';
import { deriveKey } from '../../lib/tokens.js';
import { cookieName, cookieOptions, overHttps } from './cookies.js';
import { sessionIdOf } from './session-cookie.js';

/**
 * Where "Leave this page" leads: an ordinary page that says nothing about this site, and that redirects to no other host
 * (without script, `form-action` would stop that).
 */
export const NEUTRAL_PLACE = 'https://www.wikipedia.org/';

/** Stands for the nonce in the headers that are made once. */
const NONCE = 'nonce-of-this-answer';

/** What no page of ours asks a browser for, and so no script in one can. */
const UNUSED = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/** Security headers: all are the same with each answer but for the nonce, so they are made once. */
export function headers(config: Config): RequestHandler {
  const all = [...securityHeaders(config), ['Permissions-Policy', UNUSED] as const];
  const fixed = all.map(([name, value]) => [name, value.split(NONCE)] as const);
  return (_req, res, next) => {
    // 122 random bits; Node generates UUIDs in batches, unlike `randomBytes`.
    const nonce = randomUUID();
    res.locals.nonce = nonce;
    for (const [name, parts] of fixed) res.setHeader(name, parts.join(nonce));
    next();
  };
}

/** What helmet would set, by name, and what it leaves out. `referrerPolicy: same-origin`, since `no-referrer` makes our own forms send `Origin: null`. */
function securityHeaders(config: Config): [string, string][] {
  const https = overHttps(config);
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: [`'nonce-${NONCE}'`],
        imgSrc: ["'self'", 'data:'],
        // Without the nonce: a browser fetches the worker and the manifest by itself.
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        // Browsers apply this to the redirect of a form, too: leaving without script redirects there.
        formAction: ["'self'", new URL(NEUTRAL_PLACE).origin],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    xPoweredBy: false,
  });
  const set = new Map<string, string>();
  const answer = { setHeader: (name: string, value: string) => void set.set(name, value) };
  protect({} as never, answer as never, () => undefined);
  return [...set];
}

/** Browsers read these from documents alone, but for the referrer policy: a style sheet would apply it to its font, which is ours. */
const OF_DOCUMENTS = [
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'Permissions-Policy',
  'Referrer-Policy',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Frame-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];

/**
 * Leaves a file only the headers that protect a file: a slow connection carries each byte of the others, once for each
 * file. A picture that somebody opens as a page loads and runs nothing.
 */
export function answerWithFile(res: Response): void {
  for (const name of OF_DOCUMENTS) res.removeHeader(name);
  res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
}

/** Lets the forms of this answer lead to another site, too: to one that an organisation named itself. */
export function letFormsLeadTo(res: Response, address: string): void {
  const policy = String(res.getHeader('Content-Security-Policy'));
  res.setHeader('Content-Security-Policy', policy.replace('form-action', `$& ${new URL(address).origin}`));
}

/**
 * Two independent guards on every request that may change something: the browser's own statement of where the form came
 * from, and a token that only our pages hold. The token is bound to the session and kept in a cookie, so a page seen before
 * sign-in costs no row in the database. Where a form comes from anywhere neither is asked for, since they use nobody's authority.
 */
export function crossSiteGuard(config: Config, isFromAnywhere: (path: string) => boolean) {
  const origin = new URL(config.baseUrl).origin;
  const secret = deriveKey(config.secret, 'csrf').toString('base64');
  const name = cookieName(config, 'form');
  const { generateCsrfToken, doubleCsrfProtection } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: req => sessionMark(req),
    cookieName: name,
    // With `strict`, a link opened from a mail would come without the cookie and make a new token, and every form in other
    // tabs would be refused.
    cookieOptions: cookieOptions(config),
    getCsrfTokenFromRequest: req => formToken(req),
  });

  const sameSite: RequestHandler = (req, _res, next) => {
    if (isSafe(req) || isFromAnywhere(req.path) || cameFromUs(req, origin)) return next();
    next(new Forbidden('The form was sent from another site'));
  };
  const token: RequestHandler = (req, res, next) => {
    // Leaving must always work, and harms nobody: the browser's statement is enough, and no page needs a token for it.
    if (req.path === LEAVE || isFromAnywhere(req.path)) return next();
    doubleCsrfProtection(req, res, (fault?: unknown) => next(fault ? new FormTooOld() : undefined));
  };
  /** Valid tokens with their sessions. The library would check, and send, each one again with every page. */
  const valid = new Set<string>();
  const tokenFor = (req: Request, res: Response): string => {
    const held = (req.cookies as Record<string, unknown>)[name];
    if (typeof held === 'string' && valid.has(`${sessionMark(req)} ${held}`)) return held;
    const made = generateCsrfToken(req, res);
    if (valid.size > 10_000) valid.clear();
    valid.add(`${sessionMark(req)} ${made}`);
    return made;
  };
  return { sameSite, token, tokenFor };
}

const LEAVE = '/exit';

const isSafe = (req: Request) => req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';

/** `Sec-Fetch-Site` cannot be set by a page; older browsers send `Origin` with every POST. */
function cameFromUs(req: Request, origin: string): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return req.headers.origin === origin;
}

/** A visitor's token is not valid once somebody signs in, and the other way round. */
const sessionMark = (req: Request): string => (req.user ? sessionIdOf(req) : 'visitor');

function formToken(req: Request): string | null {
  const token = (req.body as { _csrf?: unknown } | undefined)?._csrf;
  return typeof token === 'string' ? token : null;
}
