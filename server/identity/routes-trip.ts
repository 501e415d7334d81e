import type { Request, Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { cookieName, cookieOptions } from '../http/security/cookies.js';
import { addressAt } from './conversation.js';
import type { ProviderFacts } from './providers/providers.js';
import { beginTrip, newBrowser, type NewTrip } from './trips.js';

/** How long the browser keeps the text by which we know it again (ms). */
const KEPT = 15 * 60_000;

/** What this browser holds of its trips; '' for nothing. */
export function browserOf({ config }: Pick<WebDeps, 'config'>, req: Request): string {
  const held = (req.cookies as Record<string, unknown>)[cookieName(config, 'provider')];
  return typeof held === 'string' ? held : '';
}

/** Send a browser to a provider. Nobody sees a form: a browser would not follow one to another site. */
export async function sendToProvider(
  deps: WebDeps,
  { req, res }: { req: Request; res: Response },
  provider: ProviderFacts,
  trip: Pick<NewTrip, 'purpose' | 'userId' | 'next'>,
): Promise<void> {
  const { config, secrets, clock } = deps;
  const browser = browserOf(deps, req) || newBrowser();
  const begun = { ...trip, providerId: provider.id, browser };
  const told = await beginTrip(begun, { key: secrets.links, now: clock() });
  res.cookie(cookieName(config, 'provider'), browser, { ...cookieOptions(config), maxAge: KEPT });
  res.redirect(303, await addressAt(deps, provider, told));
}
