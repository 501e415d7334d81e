import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { dayOf } from '../../../platform/lib/days.js';
import { MailRecord } from '../../../people/mails/tables.js';
import { DutyDigest, DutyEscalation } from './tables.js';

const DIGESTS = sql`select ${columns(DutyDigest, 'd', 'recordedAt')}, count(*) ${as('count', integer())}
  from ${DutyDigest} d join ${MailRecord} x on x.dedupe_key = 'digest:' || d.id
  where d.organisation_id = $1 and d.day >= $2 group by d.recorded_at`;

/** How many of those who manage people of an organisation got a summary of their week on each day. */
export async function sentDigests(
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  fromDay: string,
) {
  const found = await rows(DIGESTS, [id, fromDay]);
  return found.map(({ recordedAt, count }) => ({ day: dayOf(recordedAt, timeZone), count: Number(count) }));
}

const TOLD = sql`select ${columns(DutyEscalation, 'e', 'requirementId', 'day')}, ${columns(User, 'u', 'name')}
  from ${DutyEscalation} e join ${User} u on u.id = e.user_id
  where e.membership_id = $1 and e.organisation_id = $2 order by e.day desc, u.name limit 20`;

/** Who was told, and when, that somebody stays overdue; newest first. */
export const toldOfPerson = (membershipId: string, organisationId: string) =>
  rows(TOLD, [membershipId, organisationId]);
