import type { Request, RequestHandler } from 'express';
import type { Config } from '../../../config.js';
import { NotSetUp, type SetupFault } from '../../../errors.js';
import type { Logger } from '../../lib/log.js';
import { overHttps } from './cookies.js';
import { originOf } from './origin.js';

const SAID: Readonly<Record<SetupFault, string>> = {
  scheme:
    'a request came without X-Forwarded-Proto: https, so nobody can sign in this way: let the proxy send it (deploy/proxy has tested settings)',
  host: 'a form came from an address other than BASE_URL and was refused: lead people to BASE_URL, or set it to that address',
};

/**
 * Detects a proxy whose settings silently prevent sign-in: we set a session cookie over HTTPS only, and accept a form from
 * our own address only. Each fault is logged once, and shown to people on the `pages` where they sign in and wherever a form
 * would be refused.
 */
export function setupCheck(config: Config, log: Logger, pages: readonly string[]): RequestHandler {
  const told = new Set<SetupFault>();
  const base = new URL(config.baseUrl).origin;
  return (req, _res, next) => {
    const fault = faultOf(req, { base, https: overHttps(config) });
    if (!fault) return next();
    if (!told.has(fault)) log.warn({ fault }, SAID[fault]);
    told.add(fault);
    next(fault === 'host' || pages.includes(req.path) ? new NotSetUp(fault) : undefined);
  };
}

/** Newer browsers state whether a form is ours; then the name of the address does not matter. */
function faultOf(req: Request, { base, https }: { base: string; https: boolean }): SetupFault | null {
  if (https && !req.secure) return 'scheme';
  const { origin, host, 'sec-fetch-site': site } = req.headers;
  if (site !== undefined || origin === undefined || origin === base) return null;
  const isOfThisHost = originOf(origin) !== null && new URL(origin).host === host;
  return isOfThisHost && req.method !== 'GET' ? 'host' : null;
}
