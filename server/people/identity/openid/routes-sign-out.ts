import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { wholeText } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { NotFound } from '../../../errors.js';
import { isId } from '../../../platform/lib/ids.js';
import { identityLimits } from '../identity-limits.js';
import { findProvider } from '../providers/providers.js';
import { leavingAddress } from './leaving.js';
import { PROVIDER_SIGN_OUT } from './sign-out-address.js';
import { signOutByProvider } from './sign-out-by-provider.js';

/** Signing out at the provider of an organisation: it says so to us, and whoever signed out here is led there. */
export function providerSignOut(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.post(PROVIDER_SIGN_OUT, on(hear));
  router.get('/sign-in/organisation/:id/left/:provider', on(showLeft));
  return router;
}

/** From the provider's server, with no browser: what it signed is all that counts (OpenID Connect Back-Channel Logout 1.0, 2.5). */
async function hear(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock, config } = deps;
  await limits.consume(identityLimits.answer, networkOf(req.ip), clock());
  const isHeard = await signOutByProvider(
    wholeText(req.body, 'logout_token'),
    config.environment === 'test',
    clock(),
  );
  res.set('Cache-Control', 'no-store');
  if (!isHeard) return void res.status(400).json({ error: 'invalid_request' });
  await limits.giveBack(identityLimits.answer, networkOf(req.ip));
  res.status(200).end();
}

/** A form may not lead to another site, and not everybody who leaves here wants to leave everything at work: they choose. */
async function showLeft({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, provider: providerId } = req.params;
  const provider = isId(id) ? await findProvider(id, providerId) : null;
  const href = provider && leavingAddress(provider);
  if (!provider || href === null) throw new NotFound();
  show(req, res, 'people/identity/left', { name: provider.name, href }, { nav: 'sign-in' });
}
