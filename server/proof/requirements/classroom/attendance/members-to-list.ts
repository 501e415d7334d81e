import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { isId } from '../../../../platform/lib/ids.js';
import { visibleTo } from '../../../../people/organisations/reach.js';
import { Membership, Placement, UnitAncestor } from '../../../../people/organisations/tables.js';
import { MOST_PEOPLE } from './attendance.js';
import type { OpenSession } from '../sessions/open-session.js';

/** How the form asks for everybody of the session's unit. */
const EVERYBODY = 'everybody';

/**
 * The memberships that somebody asks to put on the list: one person, or everybody who works in the session's unit or below it, as
 * far as the reader's reach goes; one more than a session takes at most.
 */
export async function membersToList(
  { teacher, session, organisation }: OpenSession,
  asked: string,
): Promise<string[]> {
  const isAll = asked === EVERYBODY && session.unitId !== null;
  if (!isAll && !isId(asked)) return [];
  const { condition, params } = await visibleTo(teacher, { alias: sql`m`, first: 3 });
  const of = isAll ? OF_UNIT : ONE;
  const found = await rows(
    sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
        where m.organisation_id = $1 and m.employment = 'active' and ${of} and ${condition}
        order by m.sort_name, m.id limit ${MOST_PEOPLE + 1}`,
    [organisation.id, isAll ? session.unitId : asked, ...params],
  );
  return found.map(({ id }) => id);
}

const ONE = sql`m.id = $2`;
const OF_UNIT = sql`exists (select 1 from ${UnitAncestor} a join ${Placement} w on w.unit_id = a.unit_id
  where a.ancestor_id = $2 and w.membership_id = m.id and w.has_reach)`;
