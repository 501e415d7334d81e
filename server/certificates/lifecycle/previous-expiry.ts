import { row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { Cycle } from '../../learning/tables.js';
import { dayOf } from '../../lib/days.js';
import { Certificate, Revocation } from '../tables.js';
import { readFacts } from './award-facts.js';

const PREVIOUS = sql`select ${columns(Certificate, 'c', 'validUntil', 'facts')}
  from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
  where y.enrolment_id = $1 and y.number < $2 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
  order by y.number desc limit 1`;

/**
 * The last valid day, such as "2027-11-30", of the certificate that a cycle renews: the newest from the earlier cycles of
 * the enrolment that is not revoked. Null for a first certificate, and after one that never expires. Old awards name no
 * time zone: `timeZone` is used for them.
 */
export async function previousEndOf(
  { enrolmentId, number }: Pick<CycleFacts, 'enrolmentId' | 'number'>,
  timeZone: string,
): Promise<string | null> {
  const found = await row(PREVIOUS, [enrolmentId, number]);
  if (!found || found.validUntil === null) return null;
  return dayOf(Number(found.validUntil), readFacts(found.facts)?.timeZone ?? timeZone);
}
