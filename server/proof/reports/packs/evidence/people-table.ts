import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import type { Cell } from '../../../../platform/lib/text/csv.js';
import {
  Membership,
  MembershipFact,
  MembershipPerson,
  Placement,
  Unit,
} from '../../../../people/organisations/tables.js';
import { onLastDay } from './in-period.js';
import type { PackScope } from './pack-scope.js';
import type { PeopleTable } from './pack-tables.js';

/** Who stood where on the last day of the period. Without names, a person is a number that the organisation can look up. */
export const peopleTable: PeopleTable = {
  path: 'people.csv',
  columns: ['person', 'name', 'staff_number', 'employment', 'hired_on', 'unit_id', 'unit', 'job'],
  async recordsOf(scope, ids) {
    const names = scope.names ? await namesOf(ids) : NOBODY;
    const [facts, places] = await Promise.all([factsOf(scope, ids), placesOf(scope, ids)]);
    return ids.map((id): Cell[] => {
      const { name = null, staffNumber = null } = names.get(id) ?? {};
      const of = (kind: string) => facts.get(`${id} ${kind}`) ?? null;
      const place = places.get(id);
      return [
        ...[id, name, staffNumber, of('employment') ?? 'active', of('hired')],
        ...(place ? [place.unitId, place.unit, place.job] : [null, null, null]),
      ];
    });
  },
};

type Named = { name: string | null; staffNumber: string | null };

const NOBODY: ReadonlyMap<string, Named> = new Map();

async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Named>> {
  const found = await rows(
    sql`select ${columns(Membership, 'm', 'id')}, ${orNull(columns(MembershipPerson, 'p', 'name', 'staffNumber'))},
          ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
          left join ${User} u on u.id = m.user_id
        where m.id in (${parameters(ids.length)})`,
    ids,
  );
  return new Map(
    found.map(({ id, name, accountName, staffNumber }) => [id, { name: name ?? accountName, staffNumber }]),
  );
}

/** Employment and day of hire, by membership and kind. Of whom nothing is said is employed. */
async function factsOf({ period }: PackScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { condition, params } = onLastDay(sql`f`, period);
  const found = await rows(
    sql`select ${columns(MembershipFact, 'f', 'membershipId', 'kind', 'value')} from ${MembershipFact} f
        where ${condition} and f.kind <> 'tag' and f.membership_id in (${parameters(ids.length, params.length + 1)})`,
    [...params, ...ids],
  );
  return new Map(found.map(({ membershipId, kind, value }) => [`${membershipId} ${kind}`, value]));
}

/** The home placement of each. */
async function placesOf({ period }: PackScope, ids: readonly string[]) {
  const { condition, params } = onLastDay(sql`p`, period);
  const found = await rows(
    sql`select ${columns(Placement, 'p', 'membershipId', 'unitId', 'job')}, ${renamed(Unit, 'u', { unit: 'name' })}
        from ${Placement} p join ${Unit} u on u.id = p.unit_id
        where ${condition} and p.is_home and p.membership_id in (${parameters(ids.length, params.length + 1)})`,
    [...params, ...ids],
  );
  return new Map(found.map(place => [place.membershipId, place]));
}
