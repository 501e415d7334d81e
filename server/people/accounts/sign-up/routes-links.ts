import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { accountLimits } from '../account-limits.js';
import { addressOf } from '../people.js';
import { keepDevice } from '../sign-in/routes-devices.js';

/** The secret text of a mailed or printed link. */
export const tokenIn = (req: Request): string => typed(req.query, 'token');

/** The page of a link that does not work, or works no longer. */
export const linkProblem = (
  { show }: WebDeps,
  req: Request,
  res: Response,
  kind: 'sign-up' | 'sign-in' | 'reset' | 'first-administrator' | 'address' | 'old-address',
): void => show(req, res, 'people/accounts/sign-up/link-problem', { kind }, { status: 404 });

/** Count a try of a link; a link that works gives it back. Throws TooMany beyond the limit. */
export const countLink = ({ limits, clock }: WebDeps, req: Request): Promise<void> =>
  limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());

export const giveLinkBack = ({ limits }: WebDeps, req: Request): Promise<void> =>
  limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));

/**
 * A link has set a new password: end the sessions of whoever is in by the old one, and forget the tries with it, so that
 * they do not keep the owner out, in this browser or in others.
 */
export async function beginAfresh(deps: WebDeps, req: Request, res: Response, userId: string): Promise<void> {
  await giveLinkBack(deps, req);
  await deps.sessions.endAll(userId, null);
  const person = await addressOf(userId);
  if (!person) return;
  await deps.limits.forgive(accountLimits.signInByAccount, person.email);
  keepDevice(deps, req, res, person.email);
}
