import cookieParser from 'cookie-parser';
import type { CookieOptions, RequestHandler } from 'express';
import type { Config } from '../config.js';

/** Whether people reach us by HTTPS, so that cookies may be `Secure` and named `__Host-`. */
export const overHttps = (config: Config): boolean => config.baseUrl.startsWith('https:');

/** What each of our cookies looks like. Anything else was not made here. */
const SHAPES = {
  session: /^s:./,
  form: /^./,
  device: /^[\w.-]+$/,
} as const;

/** The name of one of our cookies: over HTTPS no other host can set or read it (`__Host-`). */
export const cookieName = (config: Config, name: keyof typeof SHAPES): string =>
  overHttps(config) ? `__Host-${name}` : name;

/** How our cookies are set, and have to be cleared. */
export const cookieOptions = (config: Config): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: overHttps(config),
});

/**
 * Reads cookies as texts. The parser reads `j:…` as JSON, and whoever expects a text then fails. A cookie of ours that
 * has another shape is as good as none, and the browser is told to drop it.
 */
export function cookies(config: Config): RequestHandler[] {
  const drop: RequestHandler = (req, res, next) => {
    const found = req.cookies as Record<string, unknown>;
    for (const [name, value] of Object.entries(found)) if (typeof value !== 'string') delete found[name];
    for (const [name, shape] of Object.entries(SHAPES) as [keyof typeof SHAPES, RegExp][]) {
      const own = cookieName(config, name);
      const sent = found[own];
      if (typeof sent === 'string' && shape.test(sent)) continue;
      delete found[own];
      if (hasCookie(req.headers.cookie, own)) res.clearCookie(own, cookieOptions(config));
    }
    next();
  };
  return [cookieParser(), drop];
}

const hasCookie = (header: string | undefined, name: string): boolean =>
  (header ?? '').split(';').some(part => part.trim().startsWith(`${name}=`));
