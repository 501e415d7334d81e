import { DateTime } from 'luxon';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  expectPeople,
  keepAttendance,
} from '../../../../server/proof/requirements/classroom/attendance/attendance.js';
import {
  planSession,
  type PlannedSession,
} from '../../../../server/proof/requirements/classroom/sessions/plan-sessions.js';
import { signSession } from '../../../../server/proof/requirements/classroom/signing/sign-sessions.js';
import {
  peopleOf,
  sessionWithId,
} from '../../../../server/proof/requirements/classroom/sessions/stored-sessions.js';
import { employer, member } from '../../../support/organisations.js';
import { signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { COURSE } from '../../../support/walk.js';

/** A day and a time so many minutes from now, in an organisation's zone. */
export function inMinutes(count: number, timeZone: string): { day: string; time: string } {
  const at = DateTime.now().setZone(timeZone).plus({ minutes: count });
  return { day: at.toFormat('yyyy-MM-dd'), time: at.toFormat('HH:mm') };
}

/** A session of two hours that began an hour ago, with its instructor and `people` on its list; `facts` say otherwise. */
export async function aSession({
  organisation,
  instructor,
  people = 3,
  ...facts
}: {
  organisation?: OrganisationFacts;
  instructor?: Person;
  people?: number;
} & Partial<PlannedSession> = {}) {
  const own = organisation ?? (await employer());
  const teacher = instructor ?? (await signedIn({ name: 'Ines Duarte' }));
  if (!instructor) await appoint(teacher, 'instructor', own.id);
  const by = { organisation: own, actorId: teacher.id, now: Date.now() };
  const sessionId = await planSession(
    {
      ...{ courseSlug: COURSE, unitId: null, place: 'Room 3', minutes: 120, capacity: null },
      ...inMinutes(-60, own.timeZone),
      ...{ controlNumber: 'AC-3270', instructorId: teacher.id, visitorName: null, visitorLicence: null },
      points: [],
      ...facts,
    },
    by,
  );
  const members: string[] = [];
  for (let at = 1; at <= people; at += 1)
    members.push(
      await member(own, { name: `Person ${at}`, staffNumber: `C-${sessionId.slice(0, 6)}-${at}` }),
    );
  await expectPeople(sessionId, members, by);
  return { sessionId, organisation: own, instructor: teacher, members, by };
}

/** Everybody on the list of a session came for all of it, and it is signed. */
export async function heldSession({
  sessionId,
  by,
}: Pick<Awaited<ReturnType<typeof aSession>>, 'sessionId' | 'by'>) {
  const seen = async () => ({ sessionId, revision: (await sessionWithId(sessionId))?.revision ?? -1 });
  const all = (await peopleOf(sessionId)).map(({ membershipId }) => ({
    ...{ membershipId, minutes: null, points: [] },
    isPresent: true,
  }));
  await keepAttendance(await seen(), all, by);
  await signSession(await seen(), { ...by, now: Date.now(), signer: 'administrator', name: 'Otto Berg' });
}
