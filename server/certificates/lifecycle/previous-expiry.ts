import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { creditsFromElsewhere } from '../../learning/credits/credits.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { Cycle } from '../../learning/tables.js';
import { dayOf } from '../../lib/days.js';
import type { ValidityRule } from '../../open-badges/validity-rule.js';
import { Certificate, Revocation } from '../tables.js';
import { readFacts } from './award-facts.js';
import { endOfValidity } from './validity.js';

const EARLIER = sql`select ${columns(Certificate, 'c', 'awardedAt', 'validUntil', 'facts')}
  from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
  where y.enrolment_id = $1 and y.number < $2 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
  order by y.number`;

/** The course as the cycle takes it, and the organisation's zone. */
interface Renewed {
  readonly slug: string;
  readonly rule: ValidityRule;
  readonly timeZone: string;
}

/** Something that was completed on a day. `lastDay`: as its certificate prints it; null where the course's rule says it. */
interface Completion {
  readonly on: string;
  readonly lastDay: string | null;
}

/**
 * The last valid day, such as "2027-11-30", of what a cycle renews: the certificates of the enrolment's earlier cycles that are not
 * revoked, and what its learner completed of the course in this organisation otherwise, a classroom session or a certificate from
 * elsewhere. Null where there is nothing before it, and after a certificate that never expires.
 */
export async function previousEndOf(
  cycle: Pick<CycleFacts, 'enrolmentId' | 'number' | 'organisationId' | 'userId' | 'completedAt'>,
  { slug, rule, timeZone }: Renewed,
): Promise<string | null> {
  const certificates = await certified(cycle, timeZone);
  if (certificates.at(-1)?.lastDay === null) return null;
  const until = dayOf(cycle.completedAt ?? 0, timeZone);
  const others = (await creditsFromElsewhere(cycle.organisationId, cycle.userId, slug))
    .filter(({ completedOn }) => completedOn <= until)
    .map(({ completedOn, lastDay }): Completion => ({ on: completedOn, lastDay }));
  return lastDayOf([...certificates, ...others], rule);
}

/** The end of them all, taken in the order of their days: what was renewed early keeps its anniversary, whatever it was. */
const lastDayOf = (all: readonly Completion[], rule: ValidityRule): string | null =>
  all
    .toSorted((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)))
    .reduce<string | null>((end, { on, lastDay }) => {
      const own = lastDay ?? endOfValidity(on, end, rule).lastDay;
      return end === null || own > end ? own : end;
    }, null);

/** Old awards name no time zone: the organisation's is used for them. */
async function certified(
  { enrolmentId, number }: Pick<CycleFacts, 'enrolmentId' | 'number'>,
  timeZone: string,
): Promise<Completion[]> {
  if (number === 1) return [];
  return (await rows(EARLIER, [enrolmentId, number])).map(({ awardedAt, validUntil, facts }) => {
    const zone = readFacts(facts)?.timeZone ?? timeZone;
    return {
      on: dayOf(Number(awardedAt), zone),
      lastDay: validUntil === null ? null : dayOf(Number(validUntil), zone),
    };
  });
}
