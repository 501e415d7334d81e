import { idOfAddress } from '../../../people/accounts/people.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, sql } from '../../../platform/db/sql.js';
import { id } from '../../../platform/db/table.js';
import { privateEvents } from '../../../platform/events/declared-events.js';
import type { EventName } from '../../../platform/events/event-payloads.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { isId } from '../../../platform/lib/ids.js';
import { findMember, findMembers, membersOf } from '../../../people/organisations/people/find-members.js';
import { Membership } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { peopleBehind } from '../people/person.js';

/** Somebody whom a log names, with their page. */
export interface PersonInLog {
  readonly id: string;
  readonly name: string;
  readonly href: string;
}

/** Through whose eyes a log is read: what they may see of it, and how people and things in it are found. */
export interface LogReader {
  /** Names of events that are not theirs to read. */
  readonly without: readonly EventName[];
  /** Whether they see what was recorded, as it was. */
  readonly seesFacts: boolean;
  /** The ids by which events name a person: the account, its memberships and its cycles. None where nobody, or several, were found. */
  readonly idsOf: (typed: string) => Promise<readonly string[]>;
  /** The people with these ids, or of the cycles with these ids: each by the id that was given. */
  readonly named: (ids: readonly string[]) => Promise<ReadonlyMap<string, PersonInLog>>;
  readonly certificateHref: (id: string) => string;
}

/** Administrators of the installation: they name a person by their address, or by an id. */
export const administratorsEyes: LogReader = {
  without: [],
  seesFacts: true,
  idsOf: async typed => {
    const userId = isId(typed) ? typed : await idOfAddress(typed);
    return userId === null ? [] : [userId, ...(await idsOfAccount(userId))];
  },
  named: async ids => {
    const found = await peopleBehind(ids);
    const linked = [...found].map(
      ([key, one]) => [key, { ...one, href: `/admin/people/${one.id}` }] as const,
    );
    return new Map(linked);
  },
  certificateHref: id => `/admin/certificates/${id}`,
};

/** Those who administer an organisation: they find its people by name, address or staff number, and nobody else. */
export const organisationsEyes = (organisationId: string, actor: Actor): LogReader => ({
  without: privateEvents(),
  seesFacts: false,
  idsOf: async typed => {
    const member = isId(typed)
      ? await findMember(organisationId, typed)
      : await onlyMember(actor, { organisationId, query: typed });
    if (!member) return [];
    const { id: membershipId, userId } = member;
    return userId === null
      ? [membershipId]
      : [membershipId, userId, ...(await cyclesIn(organisationId, userId))];
  },
  named: ids => membersNamed(organisationId, actor, ids),
  certificateHref: id => `/certificates/${id}`,
});

/** Ids of a person that a search asks for at most: the newest. */
const MOST_IDS = 60;

const OF_ACCOUNT = sql`select id ${as('id', id())} from (
  select m.id, m.created_at as at from ${Membership} m where m.user_id = $1
  union all select c.id, c.opened_at as at from ${Cycle} c where c.user_id = $1
) own order by at desc limit ${MOST_IDS}`;

const idsOfAccount = async (userId: string) => (await rows(OF_ACCOUNT, [userId])).map(own => own.id);

const cyclesIn = async (organisationId: string, userId: string) =>
  (
    await rows(
      sql`select ${columns(Cycle, 'c', 'id')} from ${Cycle} c where c.organisation_id = $1 and c.user_id = $2
          order by c.opened_at desc limit ${MOST_IDS}`,
      [organisationId, userId],
    )
  ).map(cycle => cycle.id);

async function onlyMember(
  actor: Actor,
  { organisationId, query }: { organisationId: string; query: string },
) {
  const found = query === '' ? [] : await findMembers(actor, { organisationId, query, after: '', limit: 2 });
  return found.length === 1 ? (found[0] ?? null) : null;
}

async function membersNamed(organisationId: string, actor: Actor, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, PersonInLog>();
  const cycles = await rows(
    sql`select ${columns(Cycle, 'c', 'id', 'userId')} from ${Cycle} c
        where c.organisation_id = $1 and c.id in (${parameters(ids.length, 2)})`,
    [organisationId, ...ids],
  );
  const members = await membersOf(actor, organisationId, [...ids, ...cycles.map(({ userId }) => userId)]);
  const known = new Map(
    members.map(({ id: membershipId, userId, name, accountName }) => [
      userId ?? '',
      {
        id: userId ?? '',
        name: name ?? accountName ?? '',
        href: `/organisations/${organisationId}/people/${membershipId}`,
      },
    ]),
  );
  for (const { id: cycleId, userId } of cycles) {
    const member = known.get(userId);
    if (member) known.set(cycleId, member);
  }
  return known;
}
