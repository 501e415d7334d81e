import { insertAllOnce, row, rows } from '../../../../platform/db/rows.js';
import { as, columns, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { holdOrganisation } from '../../../../people/organisations/hold-organisation.js';
import { Membership } from '../../../../people/organisations/tables.js';
import type { TaughtBy } from '../sessions/plan-sessions.js';
import { doorState } from '../sessions/session-times.js';
import {
  peopleOf,
  sessionWithId,
  type ListedPerson,
  type SessionFacts,
} from '../sessions/stored-sessions.js';
import { ClassroomPerson, ClassroomSession } from '../tables.js';

/** More people than one teacher's room holds, and than one form of them takes. */
export const MOST_PEOPLE = 60;

/** What is said of one person: `minutes` null: all of the session. `points`: numbers of its practical points, from 0. */
export interface Attended {
  readonly membershipId: string;
  readonly isPresent: boolean;
  readonly minutes: number | null;
  readonly points: readonly number[];
}

/** How many more a session takes. */
const roomIn = ({ capacity, listed }: SessionFacts): number =>
  Math.max(0, Math.min(capacity ?? MOST_PEOPLE, MOST_PEOPLE) - listed);

const AMONG = sql`select ${columns(ClassroomPerson, 'p', 'membershipId', 'state')} from ${ClassroomPerson} p where p.session_id = $1`;
const EXPECT = sql`update ${ClassroomPerson} set state = 'expected' where session_id = $1 and membership_id = $2 and state = 'absent'`;

/**
 * Put people on the list of a session: they are expected, and told. Who is on it stays as they are. Returns how many were added;
 * where they are more than it takes, none.
 */
export const expectPeople = (
  sessionId: string,
  membershipIds: readonly string[],
  { organisation, actorId, now }: TaughtBy,
): Promise<{ readonly added: number; readonly isFull: boolean }> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const session = await sessionWithId(sessionId);
    if (!session || session.endedAt !== null) return { added: 0, isFull: false };
    const listed = new Map((await rows(AMONG, [sessionId])).map(each => [each.membershipId, each.state]));
    const news = membershipIds.filter(id => (listed.get(id) ?? 'absent') === 'absent');
    if (news.length > roomIn(session)) return { added: 0, isFull: true };
    const own = { sessionId, organisationId: organisation.id, state: 'expected' as const, pointsDone: '[]' };
    const added = { ...own, addedBy: actorId, addedAt: now };
    await insertAllOnce(
      ClassroomPerson,
      news.map(membershipId => ({ membershipId, ...added })),
    );
    for (const id of news) if (listed.has(id)) await rows(EXPECT, [sessionId, id]);
    if (news.length === 0) return { added: 0, isFull: false };
    await turn(sessionId);
    const said = { sessionId, people: news.length };
    await record('classroom.expected', said, { actorId, organisationId: organisation.id, now });
    return { added: news.length, isFull: false };
  });

const TAKE_OFF = sql`update ${ClassroomPerson} set state = 'absent'
  where session_id = $1 and membership_id = $2 and organisation_id = $3 and state = 'expected' returning session_id as id`;

/** Take somebody off the list of a session who is expected and has not come. Returns whether they were. */
export const takeOff = (
  sessionId: string,
  membershipId: string,
  { organisation, actorId, now }: TaughtBy,
): Promise<boolean> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    if (!(await row(TAKE_OFF, [sessionId, membershipId, organisation.id]))) return false;
    await turn(sessionId);
    const news = { sessionId, membershipId };
    await record('classroom.taken-off', news, { actorId, organisationId: organisation.id, now });
    return true;
  });

const MEMBER = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.organisation_id = $1 and m.user_id = $2 and m.employment <> 'left'`;
const COME = sql`update ${ClassroomPerson} set state = 'present', came_at = $1
  where session_id = $2 and membership_id = $3 and state <> 'present' returning ${columns(ClassroomPerson, ClassroomPerson.table, 'membershipId')}`;

/** How somebody stands at the door of a session; `here`: they are ticked. */
export type AtTheDoor = 'here' | 'open' | 'early' | 'over' | 'full';

/** How somebody who has the code stands with a session. For who does not belong to its organisation it is over. */
export async function atTheDoor(
  session: SessionFacts,
  timeZone: string,
  { userId, now }: { userId: string; now: number },
): Promise<AtTheDoor> {
  const member = await row(MEMBER, [session.organisationId, userId]);
  if (!member) return 'over';
  const own = (await rows(AMONG, [session.id])).find(({ membershipId }) => membershipId === member.id);
  if (own?.state === 'present') return 'here';
  const door =
    session.signedAt === null && session.endedAt === null ? doorState(session, timeZone, now) : 'over';
  if (door !== 'open') return door;
  return own?.state === 'expected' || roomIn(session) > 0 ? 'open' : 'full';
}

/** Somebody ticks themselves in, while the session is on. Who is not on its list is put there where it has room. */
export const tickIn = (
  session: SessionFacts,
  timeZone: string,
  { userId, now }: { userId: string; now: number },
): Promise<AtTheDoor> =>
  inTransaction(async () => {
    const { id: sessionId, organisationId } = session;
    await holdOrganisation(organisationId);
    const fresh = await sessionWithId(sessionId);
    const state = fresh ? await atTheDoor(fresh, timeZone, { userId, now }) : 'over';
    const member = await row(MEMBER, [organisationId, userId]);
    if (state !== 'open' || !member) return state;
    if ((await rows(COME, [now, sessionId, member.id])).length === 0) {
      const came = { sessionId, membershipId: member.id, organisationId, state: 'present' as const };
      await insertAllOnce(ClassroomPerson, [
        { ...came, pointsDone: '[]', cameAt: now, addedBy: null, addedAt: now },
      ]);
    }
    await turn(sessionId);
    const news = { sessionId, membershipId: member.id };
    await record('classroom.ticked-in', news, { actorId: userId, organisationId, now });
    return 'here';
  });

const TURN = sql`update ${ClassroomSession} set revision = revision + 1 where id = $1`;
const turn = (sessionId: string): Promise<unknown> => rows(TURN, [sessionId]);

/** What a form was filled in for: the session as it stood then. */
export interface AsSeen {
  readonly sessionId: string;
  readonly revision: number;
}

/**
 * Keep who came, for how long, and what they did; whoever the form does not name stays as they are. `changed`: somebody else
 * changed it since the form was made, and nothing was kept. `closed`: it was signed, or cancelled.
 */
export const keepAttendance = (
  { sessionId, revision }: AsSeen,
  all: readonly Attended[],
  { organisation, actorId, now }: TaughtBy,
): Promise<'kept' | 'changed' | 'closed'> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const session = await sessionWithId(sessionId);
    if (!session || session.signedAt !== null || session.endedAt !== null) return 'closed';
    if (session.revision !== revision) return 'changed';
    await writeAttendance(session, all);
    const came = Number((await row(CAME, [sessionId]))?.people ?? 0);
    const news = { sessionId, people: came };
    await record('classroom.attendance-kept', news, { actorId, organisationId: organisation.id, now });
    return 'kept';
  });

const CAME = sql`select count(*) ${as('people', integer())} from ${ClassroomPerson} p where p.session_id = $1 and p.state = 'present'`;
const KEEP = sql`update ${ClassroomPerson} set state = $1, minutes = $2, points_done = $3
  where session_id = $4 and membership_id = $5`;

/** Write what is said of those on the list of a session. Joins the transaction. */
export async function writeAttendance(session: SessionFacts, all: readonly Attended[]): Promise<void> {
  const listed = new Map((await peopleOf(session.id)).map(each => [each.membershipId, each]));
  for (const said of all) {
    const known = listed.get(said.membershipId);
    const values = known && valuesOf(known, said, session.signedAt !== null);
    if (values) await rows(KEEP, [...values, session.id, said.membershipId]);
  }
  await turn(session.id);
}

/** What is stored of somebody: state, minutes, points. Who is not there is expected still, until the session is signed. */
function valuesOf(known: ListedPerson, { isPresent, minutes, points }: Attended, isSigned: boolean) {
  if (isPresent) return ['present', minutes, JSON.stringify(points)] as const;
  const state = known.state === 'present' ? (isSigned ? 'absent' : 'expected') : known.state;
  return [state, null, '[]'] as const;
}
