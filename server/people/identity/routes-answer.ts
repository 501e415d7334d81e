import { Router, type Request, type Response } from 'express';
import type { SignIn } from '../accounts/sign-in/sign-in.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { awaitedIn, sessionIdOf, throughOf } from '../../platform/http/security/session-cookie.js';
import type { Through } from '../../platform/http/security/sessions.js';
import { networkOf } from '../../platform/http/security/network.js';
import { isId } from '../../platform/lib/ids.js';
import { sha256 } from '../../platform/lib/tokens.js';
import { can } from '../../policy.js';
import { arriveByProvider } from './arrive.js';
import type { Arriving } from './claim-rules.js';
import { isAskedAnew, whoCame } from './conversation.js';
import { identityLimits } from './identity-limits.js';
import { providerFault } from './openid/open-id.js';
import { connectOwn, isIdentityOf } from './own-identities.js';
import { findProvider, noteTested, providersOf, type ProviderFacts } from './providers/providers.js';
import { showTest } from './providers/routes-test.js';
import { refuseAnswer, type RefusedAnswer } from './routes-refused.js';
import { browserOf } from './routes-trip.js';
import { SESSION_INDEX } from './saml/saml-claims.js';
import { endTrip } from './trips.js';

type Deps = WebDeps & SignIn;

/** An answer whose trip we know: from which provider, and who it says has come. */
interface Answer {
  readonly trip: NonNullable<Awaited<ReturnType<typeof endTrip>>>;
  readonly provider: ProviderFacts;
  readonly said: Arriving;
}

/** Where people come back to who were with a provider. */
export function answerPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get('/sign-in/organisation/:id/answer', on(takeAnswer));
  return router;
}

/** Tries are counted before an answer is looked at; one that is right is given back. */
async function takeAnswer(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const { id } = req.params;
  if (!isId(id) || (await providersOf(id)).length === 0) throw new NotFound();
  await limits.consume(identityLimits.answer, networkOf(req.ip), clock());
  const answer = await readAnswer(deps, req, id);
  if ('reason' in answer) return refuseAnswer(deps, req, res, answer);
  await limits.giveBack(identityLimits.answer, networkOf(req.ip));
  if (answer.trip.purpose === 'sign-in') return signInBy(deps, req, res, answer);
  if (actorOf(req)?.id !== answer.trip.userId)
    return refuseAnswer(deps, req, res, refusedBy(answer.provider, 'unknown'));
  if (answer.trip.purpose === 'connect') return connectBy(deps, req, res, answer);
  if (answer.trip.purpose === 'prove') return proveBy(deps, req, res, answer);
  return finishTest(deps, req, res, answer);
}

/** Whatever is wrong with an answer, it is one line in the log, without what was sent. */
async function readAnswer(deps: Deps, req: Request, organisationId: string): Promise<Answer | RefusedAnswer> {
  const { config, secrets, clock, log } = deps;
  const known = { key: secrets.links, now: clock() };
  const trip = await endTrip(typed(req.query, 'state'), browserOf(deps, req), known);
  const provider = trip && (await findProvider(organisationId, trip.providerId));
  if (!trip || !provider) return { reason: 'unknown', provider: null, organisationId };
  try {
    const { search } = new URL(req.originalUrl, config.baseUrl);
    return { trip, provider, said: await whoCame(deps, provider, trip, search) };
  } catch (error) {
    const fault = providerFault(error);
    log.warn({ provider: provider.id, fault }, 'Refused the response of an identity provider');
    return { provider, organisationId, reason: fault.includes('access_denied') ? 'denied' : 'failed' };
  }
}

async function signInBy(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  if (provider.state === 'off') return refuseAnswer(deps, req, res, refusedBy(provider, 'unknown'));
  const arrival = await arriveByProvider(provider, said, deps.clock());
  if (arrival.kind !== 'person') return refuseAnswer(deps, req, res, refusedBy(provider, arrival.kind));
  const { userId, connectedBy } = arrival;
  const at = provider.organisationId;
  const session = { through: throughBy(answer) };
  if (!(await deps.letIn(req, userId, { door: 'provider', at, connectedBy, session })))
    return refuseAnswer(deps, req, res, refusedBy(provider, 'blocked'));
  const next = trip.next || '/learning';
  // The sign-in page knows who still has a second step to take, and leads there.
  res.redirect(303, awaitedIn(req) ? `/sign-in?next=${encodeURIComponent(next)}` : next);
}

/** Providers name the session that they let in, and end it by that name (OpenID Connect Back-Channel Logout 1.0; SAML 2.0 Core, 3.7.1). */
function throughBy({ provider, said }: Answer): Through {
  const name = said[provider.protocol === 'saml' ? SESSION_INDEX : 'sid'];
  return { providerId: provider.id, session: typeof name === 'string' ? sha256(name) : null };
}

async function connectBy(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  const outcome = await connectOwn(provider, { userId: trip.userId ?? '', said }, deps.clock());
  if (outcome === 'taken') return refuseAnswer(deps, req, res, refusedBy(provider, 'taken'));
  res.redirect(303, '/account/identities');
}

/** Whoever came in by the provider proves again that it is they, for the pages of its organisation. */
async function proveBy(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  const refuse = (reason: RefusedAnswer['reason']) =>
    refuseAnswer(deps, req, res, refusedBy(provider, reason));
  if (throughOf(req)?.providerId !== provider.id || !(await isIdentityOf(trip.userId ?? '', provider, said)))
    return refuse('unknown');
  if (!isAskedAnew(said, trip)) return refuse('stale');
  await deps.sessions.vouch(sessionIdOf(req));
  res.redirect(303, trip.next || '/account?done=proven');
}

/** What was tried is shown once, and kept nowhere. */
async function finishTest(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  const { organisationId } = provider;
  if (!can(actorOf(req), 'organisation.administer', { organisationId })) throw new NotFound();
  await noteTested(provider, { organisationId, actorId: trip.userId ?? '', now: deps.clock() });
  await showTest(deps, req, res, { provider, said });
}

const refusedBy = (provider: ProviderFacts, reason: RefusedAnswer['reason']): RefusedAnswer => ({
  ...{ reason, provider },
  organisationId: provider.organisationId,
});
