import { listed, rows } from '../../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../../platform/db/sql.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { jsonBytes, type JsonBytes } from './json-parts.js';
import { Membership, MembershipFact, MembershipPerson, Placement, Unit } from '../tables.js';
import type { KnownMember, KnownUnit } from './preview/known-people.js';

/** An organisation's people and units as a preview is computed from them. */
export interface KnownState {
  /** Of `KnownMember[]`. */
  readonly members: JsonBytes[];
  /** Of `KnownUnit[]`. */
  readonly units: string;
  readonly hash: string;
}

/** People on one page: the main thread is kept for a few milliseconds by each. */
const PAGE = 500;

/** What is known of an organisation on a day in its zone. */
export async function knownState(organisationId: string, today: string): Promise<KnownState> {
  const members: JsonBytes[] = [];
  for await (const page of pagesOf(organisationId, today)) members.push(jsonBytes(JSON.stringify(page)));
  const units = JSON.stringify(await knownUnits(organisationId));
  return { members, units, hash: hashOf([...members, units].map(each => sha256(each))) };
}

/** The hash of what is known, without holding it. */
export async function knownHash(organisationId: string, today: string): Promise<string> {
  const hashes: string[] = [];
  for await (const page of pagesOf(organisationId, today)) hashes.push(sha256(JSON.stringify(page)));
  return hashOf([...hashes, sha256(JSON.stringify(await knownUnits(organisationId)))]);
}

const hashOf = (hashes: readonly string[]): string => sha256(hashes.join('\n'));

const MEMBER = sql`select ${columns(Membership, 'm', 'id', 'employment', 'hiredOn', 'mergedInto')},
    ${columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber')}
  from ${Membership} m join ${MembershipPerson} p on p.membership_id = m.id`;

const NEXT_PAGE = sql`${MEMBER} where m.organisation_id = $1 and (m.employment, m.id) > ($2, $3)
  order by m.employment, m.id limit ${PAGE}`;

async function* pagesOf(organisationId: string, today: string): AsyncGenerator<KnownMember[]> {
  for (let after = ['', '']; ;) {
    const page = await rows(NEXT_PAGE, [organisationId, ...after]);
    if (page.length > 0) yield withPlaces(page, today);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = [last.employment, last.id];
  }
}

/** Those of an organisation's people who have one of these staff numbers or ids. */
export async function knownMembers(
  organisationId: string,
  { numbers, ids }: { numbers: readonly string[]; ids: readonly string[] },
  today: string,
): Promise<KnownMember[]> {
  const found = [
    ...(await among(organisationId, sql`p.staff_number`, numbers)),
    ...(await among(organisationId, sql`m.id`, ids)),
  ];
  return withPlaces([...new Map(found.map(member => [member.id, member])).values()], today);
}

const among = async (organisationId: string, column: Sql, values: readonly string[]): Promise<Found[]> =>
  values.length === 0
    ? []
    : rows(
        sql`${MEMBER} where m.organisation_id = $1 and p.organisation_id = $1 and ${column} in (${ofList()})`,
        [organisationId, listOf(values)],
      );

type Found = Omit<KnownMember, 'unitId' | 'job' | 'tags'>;

/**
 * The texts of the second parameter. PostgreSQL reads the whole table for five hundred that stand in the statement; those of a list it
 * looks up one by one.
 */
const ofList = () => sql`select list.value ->> 0 from ${listed(2)} as list`;
const listOf = (values: readonly string[]): string => JSON.stringify(values.map(value => [value]));

const PRESENT = () =>
  sql`membership_id in (${ofList()}) and retired_at is null and (to_day is null or to_day > $1)`;

async function withPlaces(found: readonly Found[], today: string): Promise<KnownMember[]> {
  if (found.length === 0) return [];
  const params = [today, listOf(found.map(({ id }) => id))];
  const places = await rows(
    sql`select ${columns(Placement, 'l', 'membershipId', 'unitId', 'job')} from ${Placement} l
        where ${PRESENT()} and is_home order by l.from_day desc`,
    params,
  );
  const tags = await rows(
    sql`select ${columns(MembershipFact, 'f', 'membershipId', 'value')} from ${MembershipFact} f
        where ${PRESENT()} and kind = 'tag' and from_day <= $1 order by f.value`,
    params,
  );
  // Of several placements, one after the other, the first counts: today's, or else the next to come.
  const home = new Map(places.map(({ membershipId, ...place }) => [membershipId, place]));
  const tagged = new Map<string, string[]>();
  for (const { membershipId, value } of tags)
    tagged.set(membershipId, [...(tagged.get(membershipId) ?? []), value]);
  return found.map(member => {
    const { unitId, job } = home.get(member.id) ?? { unitId: null, job: null };
    return { ...member, unitId, job, tags: tagged.get(member.id) ?? [] };
  });
}

const UNITS = sql`select ${columns(Unit, 'u', 'id', 'parentId', 'name', 'code', 'closedOn')} from ${Unit} u
  where u.organisation_id = $1 order by u.id`;

/** The units of an organisation, with the names above them. */
export async function knownUnits(organisationId: string): Promise<KnownUnit[]> {
  const all = await rows(UNITS, [organisationId]);
  const byId = new Map(all.map(unit => [unit.id, unit]));
  const pathOf = (unit: (typeof all)[number]): string[] => {
    const above = unit.parentId === null ? undefined : byId.get(unit.parentId);
    return [...(above ? pathOf(above) : []), unit.name];
  };
  return all.map(unit => ({
    id: unit.id,
    code: unit.code,
    path: pathOf(unit),
    isClosed: unit.closedOn !== null,
  }));
}
