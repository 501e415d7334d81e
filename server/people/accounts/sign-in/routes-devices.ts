import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { cookieName, cookieOptions } from '../../../platform/http/security/cookies.js';
import { deriveKey } from '../../../platform/lib/tokens.js';
import { knownDevice, rememberDevice } from './devices.js';

type CookieDeps = Pick<WebDeps, 'config' | 'secrets'>;

/** How long a browser stays known after a sign-in (ms). */
const KEPT = 365 * 86_400_000;

/** The id of a browser that is known for an account, by its e-mail address; null for any other browser. */
export const deviceOf = (deps: CookieDeps, req: Request, email: string): string | null =>
  knownDevice(cookieOf(deps, req), email, keyOf(deps));

/** Make the browser known for an account, from now on. */
export function keepDevice(deps: CookieDeps, req: Request, res: Response, email: string): void {
  const device = rememberDevice(cookieOf(deps, req), email, keyOf(deps));
  res.cookie(nameIn(deps), device, { ...cookieOptions(deps.config), maxAge: KEPT });
}

/** Forget the browser: whoever leaves in a hurry leaves no trace of an account. */
export const forgetDevice = (deps: CookieDeps, res: Response): void =>
  void res.clearCookie(nameIn(deps), cookieOptions(deps.config));

const nameIn = ({ config }: CookieDeps): string => cookieName(config, 'device');

const keyOf = ({ secrets }: CookieDeps): Buffer => deriveKey(secrets.limits, 'known devices');

const cookieOf = (deps: CookieDeps, req: Request): unknown =>
  (req.cookies as Record<string, unknown>)[nameIn(deps)];
