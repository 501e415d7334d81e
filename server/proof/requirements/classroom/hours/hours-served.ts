import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { visibleTo } from '../../../../people/organisations/reach.js';
import { Membership, MembershipPerson, Placement, Unit } from '../../../../people/organisations/tables.js';
import type { Actor } from '../../../../policy.js';
import { earnedBy } from './earned.js';
import { servedSessions, type MembersSession } from './session-credits.js';
import { ClassroomPerson, ClassroomSession } from '../tables.js';

/** How many people the page of a course's hours lists. */
const MOST = 500;

/** How somebody stands with the hours of a course: minutes that count towards the next credit, all, and the last credit's day. */
interface ServedHours {
  readonly counting: number;
  readonly all: number;
  readonly sessions: number;
  readonly creditedOn: string | null;
}

/** What somebody's signed sessions of a course come to. */
export function hoursServed(sessions: readonly MembersSession[]): ServedHours {
  const earned = earnedBy(sessions);
  const credited = sessions.filter(({ id }) => earned.get(id)?.isCredited).map(({ day }) => day);
  const served = sessions.filter(each => each.served > 0);
  const last = sessions.toSorted((one, other) => (one.day < other.day ? -1 : 1)).at(-1);
  const end = last && earned.get(last.id);
  return {
    counting: !end || end.isCredited ? 0 : end.total,
    all: served.reduce((sum, each) => sum + each.served, 0),
    sessions: served.length,
    creditedOn: credited.toSorted().at(-1) ?? null,
  };
}

/** The people in reach who were at a signed session of a course, by name, with what their sessions come to. */
export async function peopleWithHours(actor: Actor, organisationId: string, courseSlug: string) {
  const { condition, params } = await visibleTo(actor, { alias: sql`m`, first: 4 });
  const people = await rows(
    sql`select ${columns(Membership, 'm', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name', 'staffNumber'))},
        ${orNull(renamed(User, 'u', { accountName: 'name' }))}, ${orNull(renamed(Unit, 'h', { unit: 'name' }))}
      from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home left join ${Unit} h on h.id = w.unit_id
      where m.organisation_id = $1 and m.id in (select c.membership_id from ${ClassroomPerson} c
          join ${ClassroomSession} s on s.id = c.session_id
          where s.organisation_id = $1 and s.course_slug = $2 and s.signed_at is not null and s.ended_at is null and c.state = 'present')
        and ${condition} order by m.sort_name, m.id limit $3`,
    [organisationId, courseSlug, MOST, ...params],
  );
  const sessions = await servedSessions(
    organisationId,
    courseSlug,
    people.map(({ id }) => id),
  );
  return people.map(person => ({
    ...person,
    ...hoursServed(sessions.filter(({ membershipId }) => membershipId === person.id)),
  }));
}
