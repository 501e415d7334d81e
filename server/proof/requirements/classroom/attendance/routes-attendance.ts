import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { findMembers } from '../../../../people/organisations/people/find-members.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import { readAttendance, keptRows, typedRows, type AttendanceRow } from './attendance-form.js';
import { expectPeople, keepAttendance, MOST_PEOPLE, takeOff } from './attendance.js';
import { openSession, type OpenSession } from '../sessions/open-session.js';
import { membersToList } from './members-to-list.js';
import { courseTitles, formRow, listedValues, sessionTime } from '../sessions/session-values.js';
import { peopleOf } from '../sessions/stored-sessions.js';

const ONE = '/organisations/:id/sessions/:session';

/** Who is on the list of a session, and who came: found by name or number, or all of its unit; ticked in one form. */
export function attendanceRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${ONE}/people`, on(showPeople));
  router.post(`${ONE}/people`, on(addPeople));
  router.post(`${ONE}/people/:membershipId/removal`, on(removePerson));
  router.get(`${ONE}/attendance`, on(showAttendance));
  router.post(`${ONE}/attendance`, on(keep));
  return router;
}

/** How many people a search shows. */
const FOUND = 20;

async function showPeople(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await peoplePage(deps, req, res, { open: await load(req, deps.clock()), errors: {} });
}

/** Puts one person on the list, or everybody who works in the session's unit. */
async function addPeople(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, deps.clock());
  const asked = await membersToList(open, typed(req.body, 'person'));
  const { added, isFull } = await expectPeople(open.session.id, asked, open.by);
  const error = isFull ? 'full' : asked.length === 0 ? 'nobody' : null;
  if (error) {
    const errors = { query: spoken(`classroom.error.${error}`, { most: MOST_PEOPLE }) };
    return peoplePage(deps, req, res, { open, errors });
  }
  res.redirect(303, `${open.home}/people${added > 0 ? '?done=session-people' : ''}`);
}

async function removePerson({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, clock());
  const { membershipId } = req.params;
  if (!isId(membershipId) || !(await takeOff(open.session.id, membershipId, open.by))) throw new NotFound();
  res.redirect(303, `${open.home}/people?done=session-person-off`);
}

async function showAttendance(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadUnsigned(req, deps.clock());
  const rows = keptRows(await shownPeople(open));
  await attendancePage(deps, req, res, { open, rows, errors: {}, isChanged: false });
}

/** Keeps who came. Where somebody else changed it meanwhile, what was typed is shown again with what is new. */
async function keep(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await loadUnsigned(req, deps.clock());
  const rows = typedRows(req.body, await shownPeople(open), open.session);
  const read = readAttendance(rows, open.session);
  if (!read.ok) return attendancePage(deps, req, res, { open, rows, errors: read.errors, isChanged: false });
  const seen = { sessionId: open.session.id, revision: Number(typed(req.body, 'revision')) };
  const outcome = await keepAttendance(seen, read.value, open.by);
  if (outcome === 'kept') return res.redirect(303, `${open.home}?done=session-attendance`);
  const fresh = await loadUnsigned(req, deps.clock());
  const merged = withThoseWhoCame(rows, await shownPeople(fresh));
  await attendancePage(deps, req, res, { open: fresh, rows: merged, errors: {}, isChanged: true });
}

/** What was typed; whoever is ticked in the meantime is ticked. */
const withThoseWhoCame = (
  rows: readonly AttendanceRow[],
  people: Awaited<ReturnType<typeof peopleOf>>,
): AttendanceRow[] =>
  keptRows(people).map(stored => {
    const row = rows.find(({ person }) => person.membershipId === stored.person.membershipId);
    return row ? { ...row, person: stored.person, isPresent: row.isPresent || stored.isPresent } : stored;
  });

const load = (req: Request, now: number): Promise<OpenSession> => openSession(actorOf(req), req.params, now);

async function loadUnsigned(req: Request, now: number): Promise<OpenSession> {
  const open = await load(req, now);
  if (open.session.signedAt !== null || open.session.endedAt !== null) throw new Conflict('It is over');
  return open;
}

/** Those on the list; not those who were taken off it. */
const shownPeople = async ({ session }: OpenSession) =>
  (await peopleOf(session.id)).filter(({ state }) => state !== 'absent');

interface Attendance {
  readonly open: OpenSession;
  readonly rows: readonly AttendanceRow[];
  readonly errors: Record<string, string>;
  readonly isChanged: boolean;
}

async function attendancePage(deps: WebDeps, req: Request, res: Response, shown: Attendance): Promise<void> {
  const { open, rows, errors, isChanged } = shown;
  const { organisation, actor, session, home } = open;
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: home, action: `${home}/attendance`, addHref: `${home}/people` },
    title: (await courseTitles())(session.courseSlug),
    when: sessionTime(session),
    ...{ isChanged, errors },
    form: {
      ...{ revision: session.revision, minutes: session.minutes, points: [...session.points], errors },
      rows: rows.map(row => formRow(row, organisation.timeZone)),
    },
  };
  const status = isChanged ? 409 : Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/requirements/classroom/attendance', values, { status, nav: navFor(actor) });
}

async function peoplePage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, errors }: { open: OpenSession; errors: Record<string, string> },
): Promise<void> {
  const { organisation, actor, teacher, session, home } = open;
  const query = (typed(req.query, 'query') || typed(req.body, 'query')).trim();
  const asked = { organisationId: organisation.id, query, after: '', limit: FOUND };
  const found = query === '' ? [] : await findMembers(teacher, asked);
  const listed = await peopleOf(session.id);
  const isListed = (id: string) => listed.some(each => each.membershipId === id && each.state !== 'absent');
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: home, action: `${home}/people`, query, errors },
    title: (await courseTitles())(session.courseSlug),
    when: sessionTime(session),
    unit: session.unit,
    found: found
      .filter(({ employment }) => employment !== 'left')
      .map(person => ({
        ...{ id: person.id, name: listedName(person), unit: person.unit ?? '' },
        number: person.staffNumber ?? '',
        isListed: isListed(person.id),
      })),
    listed: listed
      .filter(({ state }) => state !== 'absent')
      .map(person => ({
        ...listedValues(person),
        removal: person.state === 'expected' ? `${home}/people/${person.membershipId}/removal` : null,
      })),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/requirements/classroom/people', values, { status, nav: navFor(actor) });
}
