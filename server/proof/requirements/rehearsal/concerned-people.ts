import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { unitSpans } from '../../../people/organisations/units/stored-units.js';
import { ancestorsIn, unitsOn } from '../../../people/organisations/units/unit-tree.js';
import { Membership, Placement } from '../../../people/organisations/tables.js';
import { Assignment, AssignmentMark } from '../tables.js';

/** Whom a version may concern, of an organisation's people. `units` []: everybody. */
interface Asked {
  readonly organisationId: string;
  readonly requirementId: string | null;
  readonly units: readonly string[];
  /** The days on which the tree is looked at. */
  readonly days: readonly string[];
}

const EVERYBODY = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.organisation_id = $1 and m.employment <> 'left'`;
/** Who was added by hand may be outside every audience, and is not assigned before the worker has come by. */
const ASSIGNED = sql`select ${columns(Assignment, 'a', 'membershipId')} from ${Assignment} a where a.requirement_id = $1
  union select ${columns(AssignmentMark, 'k', 'membershipId')} from ${AssignmentMark} k
  where k.requirement_id = $1 and k.retired_at is null`;

/**
 * The memberships of everybody to whom a version can make a difference, in the order of their ids: whoever is placed in its
 * units or below them, now or later, and whoever the requirement was assigned to or who was added by hand. Jobs and tags are left to the reckoning.
 */
export async function concernedPeople({
  organisationId,
  requirementId,
  units,
  days,
}: Asked): Promise<string[]> {
  const assigned = requirementId === null ? [] : await rows(ASSIGNED, [requirementId]);
  const placed =
    units.length === 0
      ? (await rows(EVERYBODY, [organisationId])).map(({ id }) => id)
      : await placedIn(organisationId, await unitsBelow(organisationId, units, days));
  return [...new Set([...assigned.map(({ membershipId }) => membershipId), ...placed])].sort();
}

/** These units and all below them, on any of these days. */
async function unitsBelow(
  organisationId: string,
  units: readonly string[],
  days: readonly string[],
): Promise<string[]> {
  const spans = await unitSpans(organisationId);
  const asked = new Set(units);
  const below = days
    .flatMap(day => ancestorsIn(unitsOn(spans, day)))
    .filter(({ ancestorId }) => asked.has(ancestorId));
  return [...new Set([...units, ...below.map(({ unitId }) => unitId)])];
}

async function placedIn(organisationId: string, units: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    chunks(units, 500).map(part =>
      rows(
        sql`select ${columns(Placement, 'p', 'membershipId')} from ${Placement} p
            where p.organisation_id = $1 and p.retired_at is null and p.unit_id in (${parameters(part.length, 2)})`,
        [organisationId, ...part],
      ),
    ),
  );
  return found.flat().map(({ membershipId }) => membershipId);
}
