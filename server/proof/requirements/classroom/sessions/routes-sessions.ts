import { Router, type Request, type Response } from 'express';
import { coursesOpenTo } from '../../../../teaching/courses/grants.js';
import { Conflict } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { qrPath } from '../../../../platform/lib/qr-path.js';
import { displayCode } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../../../people/organisations/units/unit-choice.js';
import { unitOptions } from '../../../../people/organisations/units/unit-options.js';
import { instructorsOn } from './instructors.js';
import {
  openSession,
  openSessions,
  sessionsHome,
  type OpenSession,
  type OpenSessions,
} from './open-session.js';
import { cancelSession, changeSession, planSession } from './plan-sessions.js';
import { blankPlan, planOf, readPlan, typedPlan, VISITOR, type TypedPlan } from './session-form.js';
import { sessionPage } from './session-page.js';
import { courseTitles, instructorText, listedValues, sessionTime } from './session-values.js';
import { sessionsPage } from './sessions-page.js';
import { peopleOf } from './stored-sessions.js';

const HOME = '/organisations/:id/sessions';
const ONE = `${HOME}/:session`;

/** Classroom sessions, for administrators, managers and instructors: planned, changed, cancelled, and what is printed for the room. */
export function sessionRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(list));
  router.get(`${HOME}/new`, on(askToPlan));
  router.post(`${HOME}/new`, on(plan));
  router.get(ONE, on(showSession));
  router.get(`${ONE}/change`, on(askToChange));
  router.post(`${ONE}/change`, on(change));
  router.get(`${ONE}/cancellation`, on(askToCancel));
  router.post(`${ONE}/cancellation`, on(cancel));
  router.get(`${ONE}/sheet`, on(showSheet));
  router.get(`${ONE}/code`, on(showCode));
  return router;
}

async function list({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openSessions(actorOf(req), req.params.id, clock());
  const values = await sessionsPage(open, clock());
  show(req, res, 'proof/requirements/classroom/list', values, { nav: navFor(open.actor) });
}

async function askToPlan(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openSessions(actorOf(req), req.params.id, deps.clock());
  const unit = open.isWhole || open.units.length !== 1 ? '' : (open.units[0]?.id ?? '');
  await form(deps, req, res, { open, values: blankPlan(unit), errors: {}, session: null });
}

async function plan(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const open = await openSessions(actorOf(req), req.params.id, now);
  const { organisation, actor } = open;
  const values = typedPlan(req.body);
  if (isToFindUnit(req.body)) return form(deps, req, res, { open, values, errors: {}, session: null });
  const read = readPlan(req.body, await offered(open, deps.clock()));
  if (!read.ok) return form(deps, req, res, { open, values, errors: read.errors, session: null });
  const id = await planSession(read.value, { organisation, actorId: actor.id, now });
  res.redirect(303, `${sessionsHome(organisation.id)}/${id}?done=session-planned`);
}

async function showSession({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, clock());
  const values = await sessionPage(open, clock());
  show(req, res, 'proof/requirements/classroom/session', values, { nav: navFor(open.actor) });
}

async function askToChange(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOpen(req, deps.clock());
  await form(deps, req, res, { open, values: planOf(open.session), errors: {}, session: open });
}

async function change(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOpen(req, deps.clock());
  const values = typedPlan(req.body);
  if (isToFindUnit(req.body)) return form(deps, req, res, { open, values, errors: {}, session: open });
  const read = readPlan(req.body, await offered(open, deps.clock()));
  if (!read.ok) return form(deps, req, res, { open, values, errors: read.errors, session: open });
  if (!(await changeSession(open.session.id, read.value, open.by))) throw new Conflict('It is over');
  res.redirect(303, `${open.home}?done=session-changed`);
}

async function askToCancel({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOpen(req, clock());
  const { organisation, actor, session, home } = open;
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: home, action: `${home}/cancellation` },
    title: (await courseTitles())(session.courseSlug),
    when: sessionTime(session),
  };
  show(req, res, 'proof/requirements/classroom/cancel', values, { nav: navFor(actor) });
}

async function cancel({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadOpen(req, clock());
  if (!(await cancelSession(open.session.id, open.by))) throw new Conflict('It is over');
  res.redirect(303, `${open.home}?done=session-cancelled`);
}

/** Empty rows on the sheet, for people whom nobody expected. */
const BLANK_ROWS = 4;

/** The sheet on which people sign, to be printed from the browser. */
async function showSheet({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { session, organisation, actor, home } = await load(req, clock());
  const people = (await peopleOf(session.id)).filter(({ state }) => state !== 'absent');
  const values = {
    ...(await paperValues({ session, organisation, home })),
    people: people.map(listedValues),
    blank: BLANK_ROWS,
    points: session.points,
  };
  show(req, res, 'proof/requirements/classroom/sheet', values, { nav: navFor(actor) });
}

/** The code, to be shown in the room or printed. */
async function showCode({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { session, organisation, actor, home } = await loadOpen(req, clock());
  const address = `${config.baseUrl}/classroom`;
  const values = {
    ...(await paperValues({ session, organisation, home })),
    code: displayCode(session.code),
    address: address.replace(/^https?:\/\//, ''),
    qr: qrPath(`${address}/${session.code}`),
  };
  show(req, res, 'proof/requirements/classroom/code', values, { nav: navFor(actor) });
}

async function paperValues({
  session,
  organisation,
  home,
}: Pick<OpenSession, 'session' | 'organisation' | 'home'>) {
  return {
    organisation: organisation.name,
    back: home,
    course: (await courseTitles())(session.courseSlug),
    when: sessionTime(session),
    place: session.place,
    instructor: instructorText(session),
    control: session.controlNumber,
  };
}

const load = (req: Request, now: number): Promise<OpenSession> => openSession(actorOf(req), req.params, now);

/** A session that is neither signed nor cancelled. */
async function loadOpen(req: Request, now: number): Promise<OpenSession> {
  const open = await load(req, now);
  if (open.session.signedAt !== null || open.session.endedAt !== null) throw new Conflict('It is over');
  return open;
}

async function offered({ organisation, isWhole, units, today }: OpenSessions, now: number) {
  return {
    courses: (await coursesOpenTo(organisation.id, now)).map(({ slug }) => slug),
    units: [...(isWhole ? [''] : []), ...units.map(({ id }) => id)],
    instructors: (await instructorsOn(organisation.id, today)).map(({ id }) => id),
    today,
  };
}

interface Filled {
  readonly open: OpenSessions;
  readonly values: TypedPlan;
  readonly errors: Record<string, string>;
  /** The session that is changed; null: a new one. */
  readonly session: OpenSession | null;
}

async function form(deps: WebDeps, req: Request, res: Response, filled: Filled): Promise<void> {
  const { open, values, errors, session } = filled;
  const { organisation, actor, isWhole, units, today } = open;
  const options = await unitOptions(organisation.id, units);
  const instructors = await instructorsOn(organisation.id, today);
  const page = {
    organisation: organisationHead(organisation, actor),
    back: session?.home ?? sessionsHome(organisation.id),
    action: req.path,
    ...{ values, errors, isWhole, isNew: session === null },
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
    courses: (await coursesOpenTo(organisation.id, deps.clock())).map(({ slug, snapshot }) => ({
      value: slug,
      label: snapshot.title,
    })),
    instructors: [
      ...instructors.map(({ id, name }) => ({ value: id, label: name })),
      { value: VISITOR, label: spoken('classroom.visiting') },
    ],
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/requirements/classroom/plan', page, { status, nav: navFor(actor) });
}
