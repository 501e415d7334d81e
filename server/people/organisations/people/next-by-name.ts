import type { Param } from '../../../platform/db/lanes.js';
import { sql, type Sql } from '../../../platform/db/sql.js';
import type { Actor } from '../../../policy.js';
import { unitsOf, visibleTo } from '../reach.js';
import { Membership, UnitMember } from '../tables.js';

/** A part of a list in the order of names: after a place in it, and with names before a text. */
export interface AskedNames {
  readonly organisationId: string;
  /** Among whose people to look, where `also` lists none but theirs; null: among all whom the reader may see. */
  readonly units: readonly string[] | null;
  readonly after: { readonly name: string; readonly id: string };
  readonly before: string;
  readonly limit: number;
  /** A condition on the memberships `m`, and its parameters, which are the first of the statement. */
  readonly also: Sql;
  readonly params: readonly Param[];
}

/** After all names. */
export const LAST = '\u{10ffff}';

/** Of more units the people are not read one unit after the other: all of the organisation are asked. */
const MOST_UNITS = 50;

/**
 * A statement of the next people whom `actor` may see, with `id`, `sort_name` and `employment`. It walks through the names of an
 * organisation, or of each of some units, until there are enough: that costs the same however many people there are.
 */
export async function nextByName(
  actor: Actor,
  { organisationId, units, after, before, limit, also, params }: AskedNames,
): Promise<{ readonly people: Sql; readonly params: readonly Param[] }> {
  const at = params.length;
  const [of, place, upTo, most] = [at + 1, at + 2, at + 4, at + 5];
  const { condition, params: reach } = await visibleTo(actor, {
    alias: sql`m`,
    first: at + 6,
    isWalked: true,
  });
  const all = [...params, organisationId, after.name, after.id, before, limit, ...reach];
  const walked = units ?? unitsOf(actor, organisationId) ?? [];
  if (walked.length === 0 || walked.length > MOST_UNITS) {
    const next = goingOn({ text: sql`m.sort_name`, id: sql`m.id` }, place);
    const people = sql`select m.id, m.sort_name, m.employment from ${Membership} m
      where m.organisation_id = $${of} and ${next} and m.sort_name < $${upTo} and ${also} and ${condition}
      order by m.sort_name, m.id limit $${most}`;
    return { people, params: all };
  }
  const next = goingOn({ text: sql`n.sort_name`, id: sql`n.membership_id` }, place);
  const ofUnit = (
    unit: number,
  ) => sql`select m.id, n.sort_name, m.employment from ${UnitMember} n cross join ${Membership} m
    where n.ancestor_id = $${unit} and ${next} and n.sort_name < $${upTo} and m.id = n.membership_id and m.organisation_id = $${of}
      and ${also} and ${condition}
    order by n.sort_name, n.membership_id limit $${most}`;
  const walks = walked.map((_, unit) => ofUnit(all.length + 1 + unit));
  return { people: firstOf(walks, most), params: [...all, ...walked] };
}

/** Of several walks, each of which has an end, the first people of all of them, each once. */
const firstOf = ([walk = sql``, ...others]: readonly Sql[], most: number): Sql =>
  others.length === 0
    ? walk
    : sql`${others.reduce((all, each) => sql`${all} union ${people(each)}`, people(walk))} order by 2, 1 limit $${most}`;

const people = (walk: Sql): Sql => sql`select w.id, w.sort_name, w.employment from (${walk}) w`;

/**
 * A list goes on after a place: a text, and the id of who has it, in two parameters of which this is the first one's number. SQLite
 * looks up what is written first. PostgreSQL plans by how few rows are left, and it knows that only where a text is compared by itself;
 * what it thinks of the pair it multiplies with that, so that near the end of the alphabet one row seems left of thousands. Of a text
 * from a subquery it thinks nothing.
 */
export const goingOn = ({ text, id }: { readonly text: Sql; readonly id: Sql }, place: number): Sql =>
  sql`(${text}, ${id}) > ((select $${place}), $${place + 1}) and ${text} >= $${place}`;
