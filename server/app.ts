import express, { Router, type Express, type RequestHandler } from 'express';
import { createSignIn } from './people/accounts/sign-in/sign-in.js';
import type { Config } from './config.js';
import { inLane } from './platform/db/lanes.js';
import type { SignInParts, WebDoor, WebSide } from './door.js';
import { context } from './platform/http/context.js';
import { errorPages, nothingHere } from './platform/http/error-pages.js';
import { assets } from './platform/http/files/assets.js';
import { byFirstPart } from './platform/http/first-part.js';
import { inOrder } from './platform/http/in-order.js';
import { language } from './platform/http/language.js';
import { noteRefusals } from './platform/http/note-refusals.js';
import { pages } from './platform/http/page.js';
import { cookieName, cookies } from './platform/http/security/cookies.js';
import { RateLimits } from './platform/http/security/rate-limits.js';
import { crossSiteGuard, headers } from './platform/http/security/security.js';
import { sessionCookies } from './platform/http/security/session-cookie.js';
import { setupCheck } from './platform/http/security/setup.js';
import { health } from './platform/http/serving/health.js';
import { readiness } from './platform/http/serving/readiness.js';
import type { Views } from './platform/http/views.js';
import { wellKnown } from './platform/http/well-known.js';
import { hereIn } from './platform/i18n/spoken.js';
import { slices } from './slices.js';

/** Outside things that the web side is made from. */
export interface AppDeps extends Omit<WebSide, 'show' | 'limits'> {
  readonly views: Views;
}

const doors = slices.flatMap(({ web }) => web ?? []);

/** One part of all doors, in the order of the slices. */
const every = <T>(what: (door: WebDoor) => readonly T[] | undefined): T[] =>
  doors.flatMap(door => what(door) ?? []);

/** The web side, whole. `main.ts` and the tests build the same one. */
export function createApp(deps: AppDeps): Express {
  const { config, log, views, sessions, secrets, refusals, clock } = deps;
  const guard = crossSiteGuard(config, isFromAnywhere);
  const show = pages(views, guard.tokenFor, config.contactEmail);
  const limits = new RateLimits(secrets.limits, (limit, subject, now) =>
    refusals.note({ kind: 'limit', what: limit, subject, userId: null }, now),
  );
  const web: WebSide = { ...deps, show, limits };
  const parts = signInParts(web);
  const signIn = createSignIn({ clock, ...parts, sessions: sessionCookies(config, sessions, secrets) });
  const forPages = { ...web, signIn, isAnsweredFor: parts.isAnsweredFor };

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', config.trustProxy);
  app.set('env', config.environment);

  app.use(health({ failing: readiness({ dataDir: config.dataDir, log }), clock }));
  app.use(inOrder([context(log), language(config), headers(config)]));
  app.use(assets(views));
  for (const { programs = {} } of doors)
    for (const [path, handler] of Object.entries(programs)) app.use(path, handler(web));
  app.use(wellKnown(config, clock));
  const walls = every(door => door.walls?.(forPages));
  app.use(
    inOrder([
      setupCheck(
        config,
        log,
        every(door => door.signInPages),
      ),
      guard.sameSite,
      express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 1000 }),
      ...cookies(config),
      knownVisitor(config, inOrder([signIn.whose, ...walls])),
      onlyPosts(inOrder(every(door => door.files?.(web)))),
      guard.token,
      ...every(door => door.reader?.(web)),
    ]),
  );
  app.use(
    byFirstPart([
      ...every(door => door.leads?.(web)),
      Router().use(
        every(door => door.reports),
        (_req, _res, next) => inLane('reports', next),
      ),
      Router().use(
        every(door => door.proofFirst),
        parts.proofFirst,
      ),
      ...every(door => door.pages?.(forPages)),
    ]),
  );

  app.use(nothingHere);
  for (const fault of every(door => door.faults?.(show))) app.use(fault);
  app.use(noteRefusals(refusals, clock));
  app.use(errorPages(log, show, hereIn(config.timeZone)));
  return app;
}

const FROM_ANYWHERE = every(door => door.fromAnywhere);

const isFromAnywhere = (path: string): boolean =>
  FROM_ANYWHERE.some(each => (typeof each === 'string' ? each === path : each(path)));

/** Collects the slices' contributions to signing in. Throws if one is missing. */
function signInParts(web: WebSide): SignInParts {
  const said = doors.map(({ signIn }) => signIn?.(web) ?? {});
  const { begun, enforcedFor, isAnsweredFor, loadActor, proofFirst } = said.reduce((one, other) => ({
    ...one,
    ...other,
  }));
  if (!begun || !enforcedFor || !isAnsweredFor || !loadActor || !proofFirst)
    throw new Error('No slice says how somebody signs in');
  return { begun, enforcedFor, isAnsweredFor, loadActor, proofFirst };
}

/** Nothing else brings a file: pages pass none of what reads one. */
const onlyPosts =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.method === 'POST' ? handler(req, res, next) : next();

/** Skips the session for a GET without a session cookie. Sets `isKnown` once it is known whether somebody is signed in. */
function knownVisitor(config: Config, whose: RequestHandler): RequestHandler {
  const known: RequestHandler = (_req, res, next) => {
    res.locals.isKnown = true;
    next();
  };
  const lookedUp = inOrder([whose, known]);
  const name = cookieName(config, 'session');
  return (req, res, next) => {
    const cookies = req.cookies as Record<string, unknown>;
    if (req.method === 'GET' && cookies[name] === undefined) return known(req, res, next);
    lookedUp(req, res, next);
  };
}
