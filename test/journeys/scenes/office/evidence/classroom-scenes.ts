import {
  expectPeople,
  keepAttendance,
  tickIn,
} from '../../../../../server/proof/requirements/classroom/attendance/attendance.js';
import { cancelSession } from '../../../../../server/proof/requirements/classroom/sessions/plan-sessions.js';
import { setCourseHours } from '../../../../../server/proof/requirements/classroom/hours/course-hours.js';
import {
  correctSession,
  signSession,
  withdrawSession,
} from '../../../../../server/proof/requirements/classroom/signing/sign-sessions.js';
import { sessionWithId } from '../../../../../server/proof/requirements/classroom/sessions/stored-sessions.js';
import { aSession, inMinutes } from '../../../../proof/requirements/classroom/a-session.js';
import { employer, linked, member, memberOf, unit } from '../../../../support/organisations.js';
import { dina, signedIn } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { COURSE } from '../../../../support/walk.js';
import { refused } from '../../../looks/look-refusal.js';
import { seenBy, send, type Scene } from '../../scene.js';

const POINTS = ['Asks without leading', 'Writes down what was said, word for word'];

type Session = Awaited<ReturnType<typeof aSession>>;

const seen = async (sessionId: string) => {
  const session = await sessionWithId(sessionId);
  if (!session) throw new Error('The session is gone');
  return { sessionId, revision: session.revision };
};

const codeOf = async (sessionId: string): Promise<string> => (await sessionWithId(sessionId))?.code ?? '';

const there = (members: readonly string[], points: number[] = []) =>
  members.map((membershipId, at) => ({
    ...{ membershipId, points },
    isPresent: at !== 1,
    minutes: at === 2 ? 70 : null,
  }));

const signature = ({ by }: Session) => ({ ...by, signer: 'instructor' as const, name: 'Ines Duarte' });

async function signed(session: Session): Promise<Session> {
  await keepAttendance(await seen(session.sessionId), there(session.members, [0, 1]), session.by);
  await signSession(await seen(session.sessionId), signature(session));
  return session;
}

/** Classroom sessions in each state, for whoever plans, teaches and signs them, and at their door. */
export async function classroomScenes(): Promise<Scene[]> {
  const [by, instructor, organisation] = [
    await dina(),
    await signedIn({ name: 'Ines Duarte' }),
    await employer(),
  ];
  const unitId = await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  await appoint(instructor, 'instructor', organisation.id);
  const at = { organisation, instructor };
  const open = await aSession({ ...at, unitId, points: POINTS, people: 4 });
  const long = await member(organisation, { name: 'محمد عبد الله', home: { unitId, job: null } });
  await expectPeople(open.sessionId, [long], open.by);
  await keepAttendance(await seen(open.sessionId), there(open.members, [0]), open.by);
  const done = await signed(
    await aSession({
      ...at,
      points: POINTS,
      visitorName: 'Prof. Visitor',
      visitorLicence: 'L-1',
      instructorId: null,
    }),
  );
  const corrected = { all: there(done.members.toReversed(), [0, 1]), reason: 'The sheet was read wrongly' };
  await correctSession(await seen(done.sessionId), corrected, signature(done));
  const back = await signed(await aSession(at));
  await withdrawSession(back.sessionId, 'It was entered for the wrong day', signature(back));
  const off = await aSession({ ...at, ...inMinutes(3000, organisation.timeZone) });
  await cancelSession(off.sessionId, off.by);
  const ahead = await aSession({ ...at, ...inMinutes(5000, organisation.timeZone), capacity: 4, unitId });
  await setCourseHours(COURSE, 240, open.by);
  const see = seenBy(instructor.browser);
  const seeAll = seenBy(by.browser);
  const sessions = `/organisations/${organisation.id}/sessions`;
  const [home, signedHome] = [`${sessions}/${open.sessionId}`, `${sessions}/${done.sessionId}`];
  return [
    see('sessions', `${sessions}?done=session-planned`),
    seeAll('sessions-none', `/organisations/${await otherOrganisation()}/sessions`),
    see('session-new', `${sessions}/new`),
    see(
      'session-new-wrong',
      `${sessions}/new`,
      refused(`${sessions}/new`, { place: 'Room 3', time: '25:00', instructor: 'visitor', hours: 'long' }),
    ),
    see('session-open', home),
    see('session-planned', `${sessions}/${ahead.sessionId}`),
    see('session-signed', signedHome),
    see('session-withdrawn', `${sessions}/${back.sessionId}`),
    see('session-cancelled', `${sessions}/${off.sessionId}`),
    see('session-change', `${home}/change`),
    see('session-change-wrong', `${home}/change`, refused(`${home}/change`, { place: '', control: 'X-1' })),
    see('session-cancel', `${home}/cancellation`),
    see('session-people', `${home}/people?query=person`),
    see('session-people-unit', `${home}/people`),
    see('session-people-none', `${home}/people?query=nobody`),
    see('session-people-full', `${sessions}/${ahead.sessionId}/people?query=person`, async page => {
      const add = page.locator('[data-found] button');
      await add.first().click();
      await Promise.all([
        page.waitForEvent('load'),
        page.goto(`${sessions}/${ahead.sessionId}/people?query=person`),
      ]);
      await Promise.all([page.waitForEvent('load'), add.first().click()]);
    }),
    see('session-attendance', `${home}/attendance`),
    see(
      'session-attendance-wrong',
      `${home}/attendance`,
      refused(`${home}/attendance`, { [`minutes-${open.members[0] ?? ''}`]: '500' }),
    ),
    see('session-attendance-changed', `${home}/attendance`, async page => {
      await keepAttendance(await seen(open.sessionId), there(open.members, [1]), open.by);
      await send(page);
    }),
    see('session-sheet', `${home}/sheet`),
    see('session-code', `${home}/code`),
    see('session-sign', `${home}/signature`),
    see('session-sign-wrong', `${home}/signature`, refused(`${home}/signature`, { name: '' })),
    seeAll('session-correct', `${signedHome}/correction`),
    seeAll(
      'session-correct-wrong',
      `${signedHome}/correction`,
      refused(`${signedHome}/correction`, { reason: 'no', name: 'Dina Aziz' }),
    ),
    seeAll('session-withdraw', `${signedHome}/withdrawal`),
    seeAll(
      'session-withdraw-wrong',
      `${signedHome}/withdrawal`,
      refused(`${signedHome}/withdrawal`, { reason: '', name: 'Dina Aziz' }),
    ),
    seeAll('person-with-sessions', `/organisations/${organisation.id}/people/${done.members[0] ?? ''}`),
    see('session-hours', `${sessions}/hours`),
    see('session-course-hours', `${sessions}/hours/${COURSE}`),
    seeAll('session-course-hours-kept', `${sessions}/hours/${COURSE}?done=session-hours`),
    seeAll(
      'session-course-hours-wrong',
      `${sessions}/hours/${COURSE}`,
      refused(`${sessions}/hours/${COURSE}`, { hours: 'many' }),
    ),
    see('session-own-teaching', '/classroom'),
    ...(await doorScenes(open, ahead)),
  ];
}

/** What whoever comes to a session sees. */
async function doorScenes(open: Session, ahead: Session): Promise<Scene[]> {
  const [comes, expected, alone] = [await signedIn(), await signedIn(), await signedIn()];
  await memberOf(comes, open.organisation.id);
  await linked(open.members[3] ?? '', expected.id);
  const here = await signedIn();
  await memberOf(here, open.organisation.id);
  const { organisation, instructor } = open;
  const full = await aSession({ organisation, instructor, people: 1, capacity: 1 });
  const session = await sessionWithId(open.sessionId);
  if (session) await tickIn(session, 'UTC', { userId: here.id, now: Date.now() });
  const past = await aSession({ organisation, instructor, people: 0, day: '2026-03-03' });
  const see = seenBy(comes.browser);
  return [
    see('classroom-door', `/classroom/${await codeOf(open.sessionId)}`),
    seenBy(here.browser)('classroom-here', `/classroom/${await codeOf(open.sessionId)}`),
    see('classroom-full', `/classroom/${await codeOf(full.sessionId)}`),
    see('classroom-early', `/classroom/${await codeOf(ahead.sessionId)}`),
    see('classroom-over', `/classroom/${await codeOf(past.sessionId)}`),
    seenBy(alone.browser)('classroom-unknown', `/classroom/${await codeOf(open.sessionId)}`),
    seenBy(alone.browser)('classroom-wrong', '/classroom?code=12'),
    seenBy(expected.browser)('classroom-own', '/classroom'),
  ];
}
