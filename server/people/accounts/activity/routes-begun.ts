import type { Request } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { originIn } from '../../../platform/http/security/session-cookie.js';
import type { SessionKind } from '../../../platform/http/security/sessions.js';
import { addressOf } from '../people.js';
import { deviceOf, keepDevice } from '../sign-in/routes-devices.js';
import { keepSignIn } from './sign-ins.js';

/**
 * Keep the sign-in that a request has just made, with what its browser says of itself. A browser is known for an account once all has
 * been proven in it, however somebody signed in; a device that others use never is.
 */
export async function keepSignInOf(
  deps: Pick<WebDeps, 'config' | 'secrets' | 'clock'>,
  req: Request,
  userId: string,
  { entry, scope }: SessionKind,
): Promise<void> {
  const account = await addressOf(userId);
  const isKnown = account !== null && deviceOf(deps, req, account.email) !== null;
  const isOwn = entry === null && scope === null;
  await keepSignIn({ userId, isKnown, isOwn, ...originIn(req, deps.secrets.limits) }, deps.clock());
  if (isOwn && account && req.res) keepDevice(deps, req, req.res, account.email);
}
