import { Router, type Request, type Response } from 'express';
import { findPerson } from '../accounts/people.js';
import type { SignIn } from '../accounts/sign-in/sign-in.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { handlersWith } from '../http/handlers.js';
import { actorOf } from '../http/page.js';
import { awaitedIn } from '../http/security/session-cookie.js';
import { networkOf } from '../http/security/network.js';
import { isId } from '../lib/ids.js';
import { can } from '../policy.js';
import { arriveByProvider, type Hindrance, type Arriving } from './arrive.js';
import { signInAddress } from './enforcement.js';
import { identityLimits } from './identity-limits.js';
import { claimsFrom, providerFault } from './open-id.js';
import { connectOwn } from './own-identities.js';
import { findProvider, noteTested, partyOf, providersOf, type ProviderFacts } from './providers.js';
import { showTest } from './routes-test.js';
import { answerAddress, browserOf } from './routes-trip.js';
import { endTrip } from './trips.js';

type Deps = WebDeps & SignIn;

/** An answer whose trip we know: from which provider, and who it says has come. */
interface Answer {
  readonly trip: NonNullable<Awaited<ReturnType<typeof endTrip>>>;
  readonly provider: ProviderFacts;
  readonly said: Arriving;
}

/**
 * Why an answer lets nobody in. `unknown`: this browser was not sent, or came back before or too late; `denied`: the provider said no;
 * `failed`: what it sent is not what it should be; `taken`: it means somebody else's account.
 */
type Refusal = Hindrance | 'unknown' | 'denied' | 'failed' | 'taken';

/** Where a provider sends people back to. */
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
  if (typeof answer === 'string') return refuse(deps, req, res, answer, id);
  await limits.giveBack(identityLimits.answer, networkOf(req.ip));
  if (answer.trip.purpose === 'sign-in') return signInBy(deps, req, res, answer);
  if (actorOf(req)?.id !== answer.trip.userId) return refuse(deps, req, res, 'unknown', id);
  if (answer.trip.purpose === 'connect') return connectBy(deps, req, res, answer);
  return finishTest(deps, req, res, answer);
}

/** Whatever is wrong with an answer, it is one line in the log, without what was sent. */
async function readAnswer(deps: Deps, req: Request, organisationId: string): Promise<Answer | Refusal> {
  const { config, secrets, clock, log } = deps;
  const known = { key: secrets.links, now: clock() };
  const trip = await endTrip(typed(req.query, 'state'), browserOf(deps, req), known);
  const provider = trip && (await findProvider(organisationId, trip.providerId));
  if (!trip || !provider) return 'unknown';
  // Our own address, whatever a proxy made of it.
  const came = new URL(answerAddress(deps, organisationId));
  came.search = new URL(req.originalUrl, config.baseUrl).search;
  try {
    const party = partyOf(provider, secrets.providers, config.environment === 'test');
    return { trip, provider, said: await claimsFrom(party, came, trip) };
  } catch (error) {
    const fault = providerFault(error);
    log.warn({ provider: provider.id, fault }, 'An identity provider’s answer was refused');
    return fault.includes('access_denied') ? 'denied' : 'failed';
  }
}

async function signInBy(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  if (provider.state === 'off') return refuse(deps, req, res, 'unknown', provider.organisationId);
  const arrival = await arriveByProvider(provider, said, deps.clock());
  if (arrival.kind !== 'person') return refuse(deps, req, res, arrival.kind, provider.organisationId);
  if (!(await letInBy(deps, req, arrival.userId)))
    return refuse(deps, req, res, 'blocked', provider.organisationId);
  const next = trip.next || '/learning';
  // The sign-in page knows who still has a second step to take, and leads there.
  res.redirect(303, awaitedIn(req) ? `/sign-in?next=${encodeURIComponent(next)}` : next);
}

/** The provider answers for its people, so that they are asked for nothing else; but not for who administers the installation. */
async function letInBy(deps: Deps, req: Request, userId: string): Promise<boolean> {
  const person = await findPerson(userId);
  return person?.isAdministrator ? deps.letIn(req, userId) : deps.letInWholly(req, userId);
}

async function connectBy(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  const outcome = await connectOwn(provider, { userId: trip.userId ?? '', said }, deps.clock());
  if (outcome === 'taken') return refuse(deps, req, res, 'taken', provider.organisationId);
  res.redirect(303, '/account/identities');
}

/** What was tried is shown once, and kept nowhere. */
async function finishTest(deps: Deps, req: Request, res: Response, answer: Answer): Promise<void> {
  const { provider, said, trip } = answer;
  const { organisationId } = provider;
  if (!can(actorOf(req), 'organisation.administer', { organisationId })) throw new NotFound();
  await noteTested(provider, { organisationId, actorId: trip.userId ?? '', now: deps.clock() });
  await showTest(deps, req, res, { provider, said });
}

function refuse({ show }: Deps, req: Request, res: Response, reason: Refusal, organisationId: string): void {
  const again = signInAddress(organisationId);
  show(req, res, 'identity/refused', { reason, again }, { status: 403, nav: 'sign-in' });
}
