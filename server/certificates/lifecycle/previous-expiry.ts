import { row } from '../../db/rows.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { dayOf } from '../../lib/days.js';
import { readFacts } from './award-facts.js';

/**
 * The last valid day, like "2027-11-30", of the certificate that a round renews: the newest of the rounds before it in
 * the same enrolment that is not withdrawn. Null for a first one, and after one without an end. `timeZone` is that of
 * certificates of earlier days, which name none.
 */
export async function previousEndOf(
  { enrolmentId, number }: Pick<CycleFacts, 'enrolmentId' | 'number'>,
  timeZone: string,
): Promise<string | null> {
  const found = await row<{ validUntil: number | null; facts: string }>(
    `select c.valid_until as "validUntil", c.facts from certificates c join cycles y on y.id = c.cycle_id
     where y.enrolment_id = $1 and y.number < $2 and c.superseded_at is null
       and not exists (select 1 from revocations where certificate_id = c.id)
     order by y.number desc limit 1`,
    [enrolmentId, number],
  );
  if (!found || found.validUntil === null) return null;
  return dayOf(Number(found.validUntil), readFacts(found.facts)?.timeZone ?? timeZone);
}
