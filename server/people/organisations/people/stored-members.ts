import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { OrganisationFacts } from '../memberships.js';
import { Membership, MembershipFact, Placement } from '../tables.js';
import type { Employment, MemberFact, MemberFacts, MemberPlace } from './member-facts.js';

/** A membership as it is stored: what is said of it, and the views of it. */
export interface StoredMember extends MemberFacts {
  readonly id: string;
  readonly userId: string | null;
  readonly employment: Employment;
  readonly hiredOn: string | null;
  readonly lacksJob: boolean;
  /** The membership in which this one goes on. */
  readonly mergedInto: string | null;
  /** The ids of the placements by which reach is judged. */
  readonly reach: ReadonlySet<string>;
}

/** An organisation, as far as its days have to be known. */
export type Zoned = Pick<OrganisationFacts, 'id' | 'timeZone'>;

/** These memberships of an organisation, by id; those of others are left out. */
export async function readMembers(
  organisation: Zoned,
  ids: readonly string[],
): Promise<Map<string, StoredMember>> {
  const members = await membershipsIn(organisation.id, ids);
  const facts = await factsOf(members.map(({ id }) => id));
  const places = await placesOf(members.map(({ id }) => id));
  const read = members.map(({ createdAt, ...member }): StoredMember => {
    const { own = [], reach = [] } = places.get(member.id) ?? {};
    const since = dayOf(createdAt, organisation.timeZone);
    const lacksJob = Boolean(member.lacksJob);
    return {
      ...member,
      lacksJob,
      since,
      facts: facts.get(member.id) ?? [],
      places: own,
      reach: new Set(reach),
    };
  });
  return new Map(read.map(member => [member.id, member]));
}

async function membershipsIn(organisationId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return rows(
    sql`select ${columns(Membership, 'm', 'id', 'userId', 'employment', 'hiredOn', 'lacksJob', 'mergedInto', 'createdAt')} from ${Membership} m
        where m.organisation_id = $1 and m.id in (${parameters(ids.length, 2)})`,
    [organisationId, ...ids],
  );
}

async function factsOf(ids: readonly string[]): Promise<Map<string, MemberFact[]>> {
  const facts = new Map<string, MemberFact[]>(ids.map(id => [id, []]));
  if (ids.length === 0) return facts;
  const found = await rows(
    sql`select ${columns(MembershipFact, 'f', 'membershipId', 'id', 'kind', 'value', 'fromDay', 'toDay')}
        from ${MembershipFact} f where f.membership_id in (${parameters(ids.length)}) and f.retired_at is null`,
    ids,
  );
  for (const { membershipId, ...fact } of found) facts.get(membershipId)?.push(fact);
  return facts;
}

async function placesOf(
  ids: readonly string[],
): Promise<Map<string, { own: MemberPlace[]; reach: string[] }>> {
  const places = new Map(ids.map(id => [id, { own: [] as MemberPlace[], reach: [] as string[] }]));
  if (ids.length === 0) return places;
  const found = await rows(
    sql`select ${columns(Placement, 'p', 'id', 'membershipId', 'unitId', 'job', 'isHome', 'hasReach', 'fromDay', 'toDay')}
        from ${Placement} p where p.membership_id in (${parameters(ids.length)}) and p.retired_at is null`,
    ids,
  );
  for (const { membershipId, unitId, job, isHome, hasReach, ...place } of found) {
    const member = places.get(membershipId);
    member?.own.push({ ...place, isHome: Boolean(isHome), value: { unitId, job } });
    if (hasReach) member?.reach.push(place.id);
  }
  return places;
}
