import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { signedIn } from '../../policy.js';
import { connectable, disconnectIdentity, identitiesOf } from './own-identities.js';
import { PROOF_BY_PROVIDER } from '../accounts/proof/own-proof.js';
import { ownPage } from '../accounts/sign-in/own-page.js';
import { throughOf } from '../../platform/http/security/session-cookie.js';
import { typed } from '../../platform/http/forms.js';
import { findProvider, providerWithId, type ProviderFacts } from './providers/providers.js';
import { sendToProvider, showWayTo } from './routes-trip.js';

const PAGE = '/account/identities';

/** The providers that a person signs in with. All below the list asks first for a proof of the last minutes (`app.ts`). */
export function ownIdentityPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PROOF_BY_PROVIDER, on(leaveToProve));
  router.get(PAGE, on(list));
  router.get(`${PAGE}/:provider`, on(askToConnect));
  router.post(`${PAGE}/:provider/to`, on(leave));
  router.post(`${PAGE}/:identity/removal`, on(remove));
  return router;
}

async function list({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, memberships } = signedIn(actorOf(req));
  const [identities, offered] = [await identitiesOf(id), await connectable(id, memberships)];
  const known = new Set(identities.map(({ providerId }) => providerId));
  const ownable = new Set(offered.map(each => each.id));
  const date = (moment: number) => formatDate(moment, hereIn(config.timeZone));
  const page = {
    identities: identities.map(each => ({
      id: each.id,
      name: each.provider,
      organisation: each.organisation,
      connected: date(each.connectedAt),
      used: date(each.usedAt),
      removal: `${PAGE}/${each.id}/removal`,
      // The organisation alone has vouched for it so far.
      confirm: each.how === 'address' && ownable.has(each.providerId) ? `${PAGE}/${each.providerId}` : null,
    })),
    offered: offered
      .filter(each => !known.has(each.id))
      .map(each => ({ name: each.name, organisation: each.organisation, href: `${PAGE}/${each.id}` })),
    isLast: 'last' in req.query,
  };
  show(req, res, 'people/identity/own', page, { nav: 'account' });
}

/** It says what connecting means, and asks: a link from elsewhere connects nothing. */
async function askToConnect({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, name, organisation } = await load(req);
  show(
    req,
    res,
    'people/identity/connect',
    { name, organisation, action: `${PAGE}/${id}/to` },
    { nav: 'account' },
  );
}

async function leave(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const provider = await load(req);
  const userId = signedIn(actorOf(req)).id;
  await showWayTo(deps, { req, res }, provider, { purpose: 'connect', userId, next: '' });
}

/** Whoever came in by a provider goes there again, to be asked anew. */
async function leaveToProve(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const userId = signedIn(actorOf(req)).id;
  const provider = await providerWithId(throughOf(req)?.providerId ?? '');
  if (!provider || provider.state === 'off') throw new NotFound();
  const next = ownPage(typed(req.query, 'next'));
  await sendToProvider(deps, { req, res }, provider, { purpose: 'prove', userId, next });
}

async function remove({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const outcome = await disconnectIdentity(id, req.params.identity, clock());
  if (outcome === 'none') throw new NotFound();
  res.redirect(303, outcome === 'last' ? `${PAGE}?last` : `${PAGE}?done=identity-disconnected`);
}

/** A provider that this person may connect. */
async function load(req: Request): Promise<ProviderFacts> {
  const { id, memberships } = signedIn(actorOf(req));
  const { provider: providerId } = req.params;
  const offered = isId(providerId) ? await connectable(id, memberships) : [];
  const found = offered.find(each => each.id === providerId);
  const provider = found ? await findProvider(found.organisationId, found.id) : null;
  if (!provider) throw new NotFound();
  return provider;
}
