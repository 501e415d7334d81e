import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { dayOf } from '../../lib/days.js';
import { MailRecord } from '../tables.js';
import { DutyDigest, DutyEscalation } from './tables.js';

const ESCALATED = sql`select ${columns(DutyEscalation, 'e', 'day')}, count(distinct e.assignment_id) ${as('count', integer())}
  from ${DutyEscalation} e where e.organisation_id = $1 and e.day >= $2 group by e.day`;

const DIGESTS = sql`select ${columns(DutyDigest, 'd', 'recordedAt')}, count(*) ${as('count', integer())}
  from ${DutyDigest} d join ${MailRecord} x on x.dedupe_key = 'digest:' || d.id
  where d.organisation_id = $1 and d.day >= $2 group by d.recorded_at`;

/** Of how many duties managers of an organisation were told on each day, and how many got a summary of their week. */
export async function sentToManagers(
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  fromDay: string,
) {
  const told = (await rows(ESCALATED, [id, fromDay])).map(sent => ({ ...sent, what: 'escalated' as const }));
  const digests = (await rows(DIGESTS, [id, fromDay])).map(({ recordedAt, count }) => ({
    day: dayOf(recordedAt, timeZone),
    count,
    what: 'digest' as const,
  }));
  return [...told, ...digests].map(({ count, ...sent }) => ({ ...sent, count: Number(count) }));
}

const TOLD = sql`select ${columns(DutyEscalation, 'e', 'requirementId', 'day')}, ${columns(User, 'u', 'name')}
  from ${DutyEscalation} e join ${User} u on u.id = e.user_id
  where e.membership_id = $1 and e.organisation_id = $2 order by e.day desc, u.name limit 20`;

/** Who was told, and when, that somebody stays overdue; newest first. */
export const toldOfPerson = (membershipId: string, organisationId: string) =>
  rows(TOLD, [membershipId, organisationId]);
