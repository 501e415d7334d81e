import type { Request } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { originIn } from '../../http/security/session-cookie.js';
import type { SessionKind } from '../../http/security/sessions.js';
import { addressOf } from '../people.js';
import { deviceOf } from '../sign-in/routes-devices.js';
import { keepSignIn } from './sign-ins.js';

/** Keep the sign-in that a request has just made, with what its browser says of itself. */
export async function keepSignInOf(
  deps: Pick<WebDeps, 'config' | 'secrets' | 'clock'>,
  req: Request,
  userId: string,
  { entry, scope }: SessionKind,
): Promise<void> {
  const account = await addressOf(userId);
  const isKnown = account !== null && deviceOf(deps, req, account.email) !== null;
  const begun = { userId, isKnown, isOwn: entry === null && scope === null };
  await keepSignIn({ ...begun, ...originIn(req, deps.secrets.limits) }, deps.clock());
}
