import type { Request, Response } from 'express';
import { cookieName, cookieOptions } from '../http/security/cookies.js';
import type { WebDeps } from '../http/deps.js';
import { deriveKey } from '../lib/tokens.js';
import { knownDevice, rememberDevice } from './devices.js';

/** How long a browser stays known after a sign-in (ms). */
const KEPT = 365 * 86_400_000;

/** The cookie that says for which accounts this browser is known. */
export function deviceCookies({ config, secrets }: Pick<WebDeps, 'config' | 'secrets'>) {
  const key = deriveKey(secrets.limits, 'known devices');
  const name = cookieName(config, 'device');
  const cookieOf = (req: Request) => (req.cookies as Record<string, unknown>)[name];
  return {
    /** The id of a browser that is known for an account, by its e-mail address; null of any other. */
    idOf: (req: Request, email: string): string | null => knownDevice(cookieOf(req), email, key),

    /** From now on the browser is known for the account. */
    remember: (req: Request, res: Response, email: string): void =>
      void res.cookie(name, rememberDevice(cookieOf(req), email, key), {
        ...cookieOptions(config),
        maxAge: KEPT,
      }),

    /** Whoever leaves in a hurry leaves no trace of an account. */
    forget: (res: Response): void => void res.clearCookie(name, cookieOptions(config)),
  };
}
