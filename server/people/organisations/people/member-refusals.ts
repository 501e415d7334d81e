import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { uncovered } from '../../../platform/lib/dated.js';
import { oneByOne } from '../../../platform/lib/lists/one-by-one.js';
import { MembershipPerson, UnitFact } from '../tables.js';
import type { NamedChange } from './member-changes.js';
import type { MemberPlace } from './member-facts.js';
import type { ChangedMember } from './write-members.js';

/**
 * Why a change is refused. `unknown`: the organisation has no such membership; `merged`: it goes on in another one; `number-taken`: somebody else has the staff
 * number; `unit-closed`: the organisation has no such unit, or not on all days of the placement.
 */
export type MemberRefusal = 'unknown' | 'merged' | 'number-taken' | 'unit-closed';

/** `at`: the index of the change. */
export interface RefusedChange {
  readonly at: number;
  readonly reason: MemberRefusal;
}

/** What is wrong with these changes, the first fault of each. */
export async function refusalsOf(
  organisationId: string,
  named: readonly NamedChange[],
  members: ReadonlyMap<string, ChangedMember>,
): Promise<RefusedChange[]> {
  const isTaken = await takenNumbers(organisationId, named);
  const isClosed = await closedUnits(organisationId, [...members.values()]);
  return named.flatMap(({ id, change }, at) => {
    const member = members.get(id);
    if (!member) return { at, reason: 'unknown' };
    if (member.before.mergedInto !== null) return { at, reason: 'merged' };
    if (isTaken(id, change.person?.staffNumber ?? null)) return { at, reason: 'number-taken' };
    return newPlacesOf(member).some(isClosed) ? { at, reason: 'unit-closed' } : [];
  });
}

/** Whether somebody else has a number once all these changes are made. */
async function takenNumbers(organisationId: string, named: readonly NamedChange[]) {
  const wanted = named.flatMap(({ id, change }) =>
    change.person?.staffNumber ? { id, staffNumber: change.person.staffNumber } : [],
  );
  const changing = new Set(named.flatMap(({ id, change }) => (change.person ? id : [])));
  const kept = (
    await ownersOf(
      organisationId,
      wanted.map(({ staffNumber }) => staffNumber),
    )
  ).filter(({ id }) => !changing.has(id));
  const owners = new Map<string, string>();
  for (const { id, staffNumber } of [...kept, ...wanted])
    if (!owners.has(staffNumber)) owners.set(staffNumber, id);
  return (id: string, staffNumber: string | null) => staffNumber !== null && owners.get(staffNumber) !== id;
}

async function ownersOf(organisationId: string, numbers: readonly string[]) {
  const found = await oneByOne(chunks(numbers, 1_000), part =>
    rows(
      sql`select ${renamed(MembershipPerson, 'p', { id: 'membershipId' })}, ${notNull(columns(MembershipPerson, 'p', 'staffNumber'))}
          from ${MembershipPerson} p where p.organisation_id = $1 and p.staff_number in (${parameters(part.length, 2)})`,
      [organisationId, ...part],
    ),
  );
  return found.flat();
}

const newPlacesOf = ({ after }: ChangedMember): MemberPlace[] => after.places.filter(({ id }) => id === null);

/** Whether a unit is closed, or unknown, on any day of a placement. */
async function closedUnits(organisationId: string, members: readonly ChangedMember[]) {
  const ids = [...new Set(members.flatMap(newPlacesOf).map(({ value }) => value.unitId))];
  const open = await openSpans(organisationId, ids);
  return (place: MemberPlace): boolean =>
    uncovered(
      place,
      open.filter(({ unitId }) => unitId === place.value.unitId),
    ).length > 0;
}

async function openSpans(organisationId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return rows(
    sql`select ${columns(UnitFact, 'f', 'unitId', 'fromDay', 'toDay')} from ${UnitFact} f
        where f.organisation_id = $1 and f.retired_at is null and f.unit_id in (${parameters(ids.length, 2)})`,
    [organisationId, ...ids],
  );
}
