import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { Membership, MembershipPerson, Placement, Unit } from '../../../../people/organisations/tables.js';
import { ClassroomPerson, ClassroomSession, ClassroomSignature } from '../tables.js';

/** How many sessions a list shows. */
const MOST = 200;

const SESSION = sql`select ${columns(
  ClassroomSession,
  's',
  'id',
  'organisationId',
  'courseSlug',
  'unitId',
  'place',
  'day',
  'time',
  'minutes',
  'capacity',
  'controlNumber',
  'instructorId',
  'visitorName',
  'visitorLicence',
  'points',
  'code',
  'revision',
  'version',
  'neededMinutes',
  'signedAt',
  'endedAt',
)}, ${orNull(renamed(Unit, 'n', { unit: 'name' }))}, ${orNull(renamed(User, 'i', { instructorName: 'name' }))},
  (select count(*) from ${ClassroomPerson} p where p.session_id = s.id and p.state <> 'absent') ${as('listed', integer())},
  (select count(*) from ${ClassroomPerson} p where p.session_id = s.id and p.state = 'present') ${as('present', integer())}
  from ${ClassroomSession} s left join ${Unit} n on n.id = s.unit_id left join ${User} i on i.id = s.instructor_id`;

const read = async (which: ReturnType<typeof sql>, params: readonly (string | number)[]) =>
  (await rows(sql`${SESSION} ${which}`, params)).map(({ points, listed, present, ...session }) => ({
    ...session,
    points: JSON.parse(points) as readonly string[],
    listed: Number(listed),
    present: Number(present),
  }));

/** A classroom session, with the names of its unit and its instructor, and how many are on its list and came. */
export type SessionFacts = Awaited<ReturnType<typeof read>>[number];

/** The sessions of an organisation, the latest first. */
export const sessionsOf = (organisationId: string): Promise<SessionFacts[]> =>
  read(sql`where s.organisation_id = $1 order by s.day desc, s.time desc, s.id limit ${MOST}`, [
    organisationId,
  ]);

/** The session with this id, or null. */
export const sessionWithId = async (id: string): Promise<SessionFacts | null> =>
  (await read(sql`where s.id = $1`, [id]))[0] ?? null;

/** The session with this code as it is stored, in capitals; null: there is none. */
export const sessionCalled = async (code: string): Promise<SessionFacts | null> =>
  (await read(sql`where s.code = $1`, [code]))[0] ?? null;

/** The sessions in which somebody is listed who has not been taken off, the latest first. */
export const sessionsOfAccount = (
  userId: string,
): Promise<(SessionFacts & { readonly isPresent: boolean })[]> => ofAccount(userId);

const LISTED = sql`select ${columns(ClassroomPerson, 'p', 'sessionId', 'state')} from ${ClassroomPerson} p
  join ${Membership} m on m.id = p.membership_id where m.user_id = $1`;

async function ofAccount(userId: string) {
  const listed = await rows(LISTED, [userId]);
  const found = await Promise.all(listed.map(({ sessionId }) => sessionWithId(sessionId)));
  return found
    .flatMap((session, at) => (session ? { ...session, isPresent: listed[at]?.state === 'present' } : []))
    .sort((one, other) => (`${one.day} ${one.time}` > `${other.day} ${other.time}` ? -1 : 1));
}

const PEOPLE = sql`select ${columns(ClassroomPerson, 'c', 'membershipId', 'state', 'minutes', 'pointsDone', 'cameAt')},
    ${columns(Membership, 'm', 'userId')}, ${orNull(columns(MembershipPerson, 'p', 'name', 'staffNumber'))},
    ${orNull(renamed(User, 'u', { accountName: 'name' }))}, ${orNull(renamed(Unit, 'h', { unit: 'name' }))}
  from ${ClassroomPerson} c join ${Membership} m on m.id = c.membership_id
    left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
    left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home
    left join ${Unit} h on h.id = w.unit_id
  where c.session_id = $1 order by m.sort_name, m.id`;

/** Who is on the list of a session, by name; `pointsDone`: the numbers of its points, from 0. */
export const peopleOf = async (sessionId: string) =>
  (await rows(PEOPLE, [sessionId])).map(({ pointsDone, ...person }) => ({
    ...person,
    pointsDone: JSON.parse(pointsDone) as readonly number[],
  }));

/** Somebody on the list of a session. */
export type ListedPerson = Awaited<ReturnType<typeof peopleOf>>[number];

const SIGNATURES = sql`select ${columns(
  ClassroomSignature,
  'g',
  'number',
  'kind',
  'signedBy',
  'signedName',
  'statement',
  'statementHash',
  'record',
  'recordHash',
  'reason',
  'signedAt',
)}, ${orNull(renamed(User, 'u', { signerName: 'name' }))}
  from ${ClassroomSignature} g left join ${User} u on u.id = g.signed_by where g.session_id = $1 order by g.number`;

/** What was signed under a session, the first first. */
export const signaturesOf = (sessionId: string) => rows(SIGNATURES, [sessionId]);

/** A signature under a session. */
export type SignatureFacts = Awaited<ReturnType<typeof signaturesOf>>[number];
