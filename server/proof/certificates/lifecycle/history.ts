import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { moment, nullable, text } from '../../../platform/db/table.js';
import { Certificate, Revocation, Supersession, Suspension } from '../tables.js';

type What = 'awarded' | 'issued' | 'suspended' | 'superseded' | 'revoked';

const HISTORY = sql`select what ${as('what', text<What>())}, at ${as('at', moment())},
    who ${as('who', nullable(text()))}, reason ${as('reason', nullable(text()))}, note ${as('note', nullable(text()))}
  from (
    select 1 as step, 'awarded' as what, created_at as at, null as who, null as reason, null as note
      from ${Certificate} where id = $1
    union all select 2, 'issued', issued_at, null, null, null
      from ${Certificate} where id = $1 and issued_at is not null
    union all select 5, 'revoked', r.revoked_at, u.name, r.reason, r.note
      from ${Revocation} r left join ${User} u on u.id = r.actor_id where r.certificate_id = $1
    union all select 3, 'suspended', s.suspended_at, u.name, s.reason, s.note
      from ${Suspension} s left join ${User} u on u.id = s.actor_id where s.certificate_id = $1
    union all select 4, 'superseded', s.superseded_at, u.name, s.reason, s.note
      from ${Supersession} s left join ${User} u on u.id = s.actor_id where s.certificate_id = $1
  ) history order by at desc, step desc`;

/**
 * What was done to a certificate, newest first, and by whom: null for the system. Read from the rows of each step, not
 * from the log, so that it costs the same however much else has happened. Steps with the same time are in the only order
 * in which they can have happened.
 */
export const certificateHistory = (certificateId: string) => rows(HISTORY, [certificateId]);
