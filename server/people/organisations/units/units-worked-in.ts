import { rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { Membership, Placement, UnitAncestor } from '../tables.js';

const WORKED_IN = sql`select distinct ${columns(Membership, 'm', 'organisationId')}, ${renamed(UnitAncestor, 'a', { unitId: 'ancestorId' })}
  from ${Membership} m join ${Placement} p on p.membership_id = m.id join ${UnitAncestor} a on a.unit_id = p.unit_id
  where m.user_id = $1 and m.employment <> 'left' and p.has_reach`;

/** The units in or below which somebody works, of all their organisations. */
export const unitsWorkedIn = (userId: string) => rows(WORKED_IN, [userId]);
