import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { wholeText } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { letFormsLeadTo } from '../../../platform/http/security/security.js';
import { sessionIdOf } from '../../../platform/http/security/session-cookie.js';
import { isId } from '../../../platform/lib/ids.js';
import { samlParty } from '../conversation.js';
import { endProviderSessions } from '../end-provider-sessions.js';
import { identityLimits } from '../identity-limits.js';
import { providerFault } from '../openid/open-id.js';
import { findProvider, type ProviderFacts } from '../providers/providers.js';
import { recordRefused } from '../refused-answers.js';
import { readLogoutRequest, type LogoutRequest, type SentLogout } from './logout-request.js';
import { logoutResponse, responseLink } from './logout-response.js';
import { SAML_OLDEST } from './saml-shape.js';
import { SAML_SIGN_OUT, samlSignOutAt } from './saml-sign-out-address.js';

/** Signing out at a SAML provider, which sends the browser on to us to say so (SAML 2.0 Profiles, 4.4). */
export function samlSignOut(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(SAML_SIGN_OUT, on(hearByAddress));
  router.post(SAML_SIGN_OUT, on(hearByForm));
  return router;
}

const hearByAddress = (deps: WebDeps, req: Request, res: Response): Promise<void> => {
  const { search } = new URL(req.originalUrl, deps.config.baseUrl);
  return hear(deps, req, res, { by: 'address', query: search.slice(1) });
};

const hearByForm = (deps: WebDeps, req: Request, res: Response): Promise<void> => {
  const [message, relayState] = [wholeText(req.body, 'SAMLRequest'), wholeText(req.body, 'RelayState')];
  return hear(deps, req, res, { by: 'form', message, relayState });
};

/** What the provider signed is all that counts: whose browser brings it is not asked. Tries are counted as those of answers are. */
async function hear(deps: WebDeps, req: Request, res: Response, sent: SentLogout): Promise<void> {
  const { limits, clock } = deps;
  const { id, provider: providerId } = req.params;
  const provider = isId(id) ? await findProvider(id, providerId) : null;
  if (provider?.protocol !== 'saml' || provider.metadata === '') throw new NotFound();
  await limits.consume(identityLimits.answer, networkOf(req.ip), clock());
  const request = await readSent(deps, provider, sent);
  if (!request) return refuse(deps, req, res, provider);
  const { id: message, nameId: subject, sessions } = request;
  const signedOut = { message, subject, sessions, until: clock() + 2 * SAML_OLDEST };
  const outcome = await endProviderSessions(provider, signedOut, clock());
  if (outcome === 'again') return refuse(deps, req, res, provider);
  if (outcome === 'nobody') await noteRefused(deps, req, provider);
  else await limits.giveBack(identityLimits.answer, networkOf(req.ip));
  await answer(deps, req, res, { provider, request, isKnown: outcome === 'ended' });
}

/** Whatever is wrong with a request, it is one line in the log, without what was sent. */
async function readSent(
  deps: WebDeps,
  provider: ProviderFacts,
  sent: SentLogout,
): Promise<LogoutRequest | null> {
  try {
    const destination = samlSignOutAt(deps, provider);
    return await readLogoutRequest(samlParty(deps, provider), { sent, destination }, deps.clock());
  } catch (error) {
    const fault = providerFault(error);
    deps.log.warn({ provider: provider.id, fault }, 'Refused a sign-out request from an identity provider');
    return null;
  }
}

async function noteRefused(
  { refusals, clock }: WebDeps,
  req: Request,
  provider: ProviderFacts,
): Promise<void> {
  await recordRefused(provider, 'sign-out', clock());
  const subject = networkOf(req.ip);
  refusals.note({ kind: 'sign-in', what: 'provider', subject, userId: null }, clock());
}

/** Nobody is led anywhere by what the provider did not sign. */
async function refuse(deps: WebDeps, req: Request, res: Response, provider: ProviderFacts): Promise<void> {
  await noteRefused(deps, req, provider);
  showOutcome(deps, req, res, { provider, isHeard: false, onward: null });
}

/** The provider is told what came of it, at the address that it named for that; if at none, whoever signed out is told alone. */
async function answer(
  deps: WebDeps,
  req: Request,
  res: Response,
  { provider, request, isKnown }: { provider: ProviderFacts; request: LogoutRequest; isKnown: boolean },
): Promise<void> {
  const { description, ourselves } = samlParty(deps, provider);
  const { relayState, id: requestId } = request;
  await forgetEnded(deps, req);
  if (isKnown) res.set('Clear-Site-Data', '"cache", "storage"');
  if (!description.signOut) return showOutcome(deps, req, res, { provider, isHeard: isKnown, onward: null });
  const { address, binding } = description.signOut;
  const response = logoutResponse({ ourselves, address, requestId, isKnown }, deps.clock());
  if (binding === 'redirect') return res.redirect(303, responseLink(address, response, relayState));
  letFormsLeadTo(res, address);
  const onward = { address, response: Buffer.from(response).toString('base64'), relayState };
  showOutcome(deps, req, res, { provider, isHeard: isKnown, onward });
}

/** The page that follows greets nobody by name whose session has just ended. */
async function forgetEnded({ sessions }: WebDeps, req: Request): Promise<void> {
  if ((await sessions.userOf(sessionIdOf(req))) === null) delete req.user;
}

interface Outcome {
  readonly provider: ProviderFacts;
  readonly isHeard: boolean;
  readonly onward: { address: string; response: string; relayState: string } | null;
}

function showOutcome(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { provider, isHeard, onward }: Outcome,
): void {
  const status = isHeard || onward ? 200 : 403;
  show(
    req,
    res,
    'people/identity/signed-out',
    { name: provider.name, isHeard, onward },
    { status, nav: 'sign-in' },
  );
}
