import cookieParser from 'cookie-parser';
import type { CookieOptions, RequestHandler } from 'express';
import type { Config } from '../../../config.js';

/** Whether people reach us over HTTPS, so that cookies can be `Secure` and named `__Host-`. */
export const overHttps = (config: Config): boolean => config.baseUrl.startsWith('https:');

/** The form of each of our cookies. Anything else was not made here. */
const SHAPES = {
  session: /^s:./,
  form: /^./,
  device: /^[\w.-]+$/,
  provider: /^[\w-]{43}$/,
} as const;

/** The name of one of our cookies: over HTTPS no other host can set or read it (`__Host-`). */
export const cookieName = (config: Config, name: keyof typeof SHAPES): string =>
  overHttps(config) ? `__Host-${name}` : name;

/** The options with which our cookies are set and cleared. */
export const cookieOptions = (config: Config): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: overHttps(config),
});

/**
 * Reads cookies as texts. The parser reads `j:…` as JSON, on which code that expects a text would fail. A cookie of ours that
 * has another form is ignored, and the browser is told to remove it.
 */
export function cookies(config: Config): RequestHandler[] {
  const shapes = new Map(
    (Object.entries(SHAPES) as [keyof typeof SHAPES, RegExp][]).map(([name, shape]) => [
      cookieName(config, name),
      shape,
    ]),
  );
  const drop: RequestHandler = (req, res, next) => {
    const found = req.cookies as Record<string, unknown>;
    for (const [name, value] of Object.entries(found)) {
      const shape = shapes.get(name);
      const isText = typeof value === 'string';
      if (isText && (shape?.test(value) ?? true)) continue;
      delete found[name];
      if (shape) res.clearCookie(name, cookieOptions(config));
    }
    next();
  };
  return [cookieParser(), drop];
}
