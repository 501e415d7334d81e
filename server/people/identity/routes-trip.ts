import type { Request, Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { cookieName, cookieOptions } from '../../platform/http/security/cookies.js';
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

type Trip = Pick<NewTrip, 'purpose' | 'userId' | 'next'>;

/** Send a browser to a provider. Nobody sees a form: a browser would not follow one to another site. */
export const sendToProvider = async (
  deps: WebDeps,
  { req, res }: { req: Request; res: Response },
  provider: ProviderFacts,
  trip: Trip,
): Promise<void> => res.redirect(303, await leaveFor(deps, { req, res }, provider, trip));

/** The answer to a form that leads to a provider: a link, since a browser would not follow the form to another site. */
export async function showWayTo(
  deps: WebDeps,
  { req, res }: { req: Request; res: Response },
  provider: ProviderFacts,
  trip: Trip,
): Promise<void> {
  const href = await leaveFor(deps, { req, res }, provider, trip);
  deps.show(req, res, 'people/identity/onward', { name: provider.name, href }, { nav: 'account' });
}

/** Begin a trip. Returns the address at the provider. */
async function leaveFor(
  deps: WebDeps,
  { req, res }: { req: Request; res: Response },
  provider: ProviderFacts,
  trip: Trip,
): Promise<string> {
  const { config, secrets, clock } = deps;
  const browser = browserOf(deps, req) || newBrowser();
  const begun = { ...trip, providerId: provider.id, browser };
  const told = await beginTrip(begun, { key: secrets.links, now: clock() });
  res.cookie(cookieName(config, 'provider'), browser, { ...cookieOptions(config), maxAge: KEPT });
  return addressAt(deps, provider, { ...told, asksAnew: trip.purpose === 'prove' });
}
