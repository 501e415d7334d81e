import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { networkOf } from '../../../../platform/http/security/network.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { codeIn } from '../../../../people/organisations/joining/code-text.js';
import { joinLimits } from '../../../../people/organisations/joining/join-limits.js';
import {
  findOrganisation,
  organisationsNamed,
  type OrganisationFacts,
} from '../../../../people/organisations/memberships.js';
import { can, signedIn, type Actor } from '../../../../policy.js';
import { atTheDoor, tickIn, type AtTheDoor } from '../attendance/attendance.js';
import { sessionsHome } from './open-session.js';
import { courseTitles, hoursText, instructorText, sessionState, sessionTime } from './session-values.js';
import { sessionCalled, sessionsOfAccount, type SessionFacts } from './stored-sessions.js';

/** Classroom sessions for those who come to them: theirs, and ticking themselves in by the code that is shown in the room. */
export function ownSessionRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/classroom', on(showOwn));
  router.get('/classroom/:code', on(showDoor));
  router.post('/classroom/:code', on(comeIn));
  return router;
}

/** The form for a code, which leads to its page; one's sessions; and for who teaches, where. */
async function showOwn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const value = typed(req.query, 'code');
  const code = codeIn(value);
  if (code) return res.redirect(303, `/classroom/${code}`);
  const isWrong = 'code' in req.query;
  await ownPage(deps, req, res, { value, error: isWrong ? spoken('errors.join-code') : null });
}

async function showDoor(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const found = await load(deps, req, res);
  if (!found) return;
  const { session, organisation, actor } = found;
  const state = await atTheDoor(session, organisation.timeZone, { userId: actor.id, now: deps.clock() });
  await doorPage(deps, req, res, { session, organisation, state });
}

async function comeIn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const found = await load(deps, req, res);
  if (!found) return;
  const { session, organisation, actor } = found;
  const state = await tickIn(session, organisation.timeZone, { userId: actor.id, now: deps.clock() });
  if (state === 'here') return res.redirect(303, `/classroom/${session.code}`);
  await doorPage(deps, req, res, { session, organisation, state });
}

interface AtDoor {
  readonly session: SessionFacts;
  readonly organisation: OrganisationFacts;
  readonly actor: Actor;
}

/**
 * The session that the code names, for somebody of its organisation. To others it says that there is none, as it does of any code
 * that is guessed, and counts the guess.
 */
async function load(deps: WebDeps, req: Request, res: Response): Promise<AtDoor | null> {
  const actor = signedIn(actorOf(req));
  const value = String(req.params.code).slice(0, 40);
  const code = codeIn(value);
  const network = networkOf(req.ip);
  if (code) await deps.limits.consume(joinLimits.guess, network, deps.clock());
  const session = code && (await sessionCalled(code));
  const organisation = session && (await findOrganisation(session.organisationId));
  if (session && organisation && actor.memberships.includes(organisation.id)) {
    await deps.limits.giveBack(joinLimits.guess, network);
    return { session, organisation, actor };
  }
  await ownPage(deps, req, res, { value, error: spoken('classroom.error.code'), status: 404 });
  return null;
}

interface OwnPage {
  readonly value: string;
  readonly error: string | null;
  readonly status?: number;
}

async function ownPage(
  deps: WebDeps,
  req: Request,
  res: Response,
  { value, error, status }: OwnPage,
): Promise<void> {
  const actor = signedIn(actorOf(req));
  const titleOf = await courseTitles();
  const all = await sessionsOfAccount(actor.id);
  const organisations = await organisationsNamed([
    ...new Set(all.map(({ organisationId }) => organisationId)),
  ]);
  const zoneOf = (id: string) => organisations.find(each => each.id === id)?.timeZone ?? 'UTC';
  const values = {
    value,
    errors: error === null ? {} : { code: error },
    teaching: await teachingPlaces(actor),
    sessions: all.map(session => {
      const state = sessionState(session, zoneOf(session.organisationId), deps.clock());
      return {
        title: titleOf(session.courseSlug),
        where: [sessionTime(session), session.place].join(' · '),
        who: [hoursText(session.minutes), instructorText(session)].join(' · '),
        ...{ state, isPresent: session.isPresent },
        stateText: spoken(`classroom.own.${session.isPresent ? 'present' : 'listed'}.${state}`),
      };
    }),
  };
  const answered = status ?? (error === null ? 200 : 422);
  deps.show(req, res, 'proof/requirements/classroom/own', values, { status: answered, nav: 'classroom' });
}

/** Where somebody plans or teaches sessions. */
async function teachingPlaces(actor: Actor) {
  const ids = [...new Set(actor.grants.map(({ organisationId }) => organisationId))];
  const taught = ids.filter(organisationId => can(actor, 'organisation.teach', { organisationId }));
  return (await organisationsNamed(taught)).map(({ id, name }) => ({ name, href: sessionsHome(id) }));
}

const STATUS: Partial<Record<AtTheDoor, number>> = { early: 409, over: 409, full: 409 };

async function doorPage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  {
    session,
    organisation,
    state,
  }: { session: SessionFacts; organisation: OrganisationFacts; state: AtTheDoor },
): Promise<void> {
  const values = {
    state,
    organisation: organisation.name,
    title: (await courseTitles())(session.courseSlug),
    where: [sessionTime(session), session.place].join(' · '),
    instructor: instructorText(session),
    action: `/classroom/${session.code}`,
  };
  const status = req.method === 'POST' ? (STATUS[state] ?? 200) : 200;
  show(req, res, 'proof/requirements/classroom/door', values, { status });
}
