import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { integer, text } from '../../db/table.js';
import { MailRecord } from '../tables.js';
import { DutyDigest, DutyEscalation } from './tables.js';

const SENT = sql`select ${columns(DutyEscalation, 'e', 'day')}, 'escalated' ${as('what', text<'escalated' | 'digest'>())},
    count(distinct e.assignment_id) ${as('count', integer())}
  from ${DutyEscalation} e where e.organisation_id = $1 and e.day >= $2 group by e.day
  union all select d.day, 'digest', count(*) from ${DutyDigest} d
    join ${MailRecord} x on x.dedupe_key = 'digest:' || d.id where d.organisation_id = $1 and d.day >= $2 group by d.day`;

/** Of how many duties managers of an organisation were told on each day, and how many got a summary of each week. */
export const sentToManagers = async (organisationId: string, fromDay: string) =>
  (await rows(SENT, [organisationId, fromDay])).map(({ count, ...sent }) => ({
    ...sent,
    count: Number(count),
  }));

const TOLD = sql`select ${columns(DutyEscalation, 'e', 'requirementId', 'day')}, ${columns(User, 'u', 'name')}
  from ${DutyEscalation} e join ${User} u on u.id = e.user_id
  where e.membership_id = $1 and e.organisation_id = $2 order by e.day desc, u.name limit 20`;

/** Who was told, and when, that somebody stays overdue; newest first. */
export const toldOfPerson = (membershipId: string, organisationId: string) =>
  rows(TOLD, [membershipId, organisationId]);
