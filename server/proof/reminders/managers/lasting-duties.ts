import { sql, type Sql } from '../../../platform/db/sql.js';
import { Membership } from '../../../people/organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import { lastingSince } from '../duties/stages.js';
import { DutyEscalation } from './tables.js';

/**
 * Memberships `m` with the interval `i` of a requirement by which they stay overdue on a day, as we say it now; with an account or
 * without. `next`: the number of the first parameter that is free.
 */
export function lastingDuties(requirementId: string, day: string) {
  const from = sql`from ${StandingInterval} i join ${Membership} m on m.id = i.membership_id
    where i.requirement_id = $1 and i.retired_at is null and i.from_day <= $2 and (i.to_day is null or i.to_day > $2)
      and i.standing = 'overdue' and i.due_day <= $3 and m.employment <> 'left'`;
  return { from, params: [requirementId, day, lastingSince(day)], next: 4 };
}

/** Nobody who manages a person was told of a duty of theirs yet; `duty`: what names the assignment and its due day. */
export const notEscalated = (duty: Sql): Sql => sql`not exists (select 1 from ${DutyEscalation} e
  where e.assignment_id = ${duty}.assignment_id and e.due_day = ${duty}.due_day)`;
