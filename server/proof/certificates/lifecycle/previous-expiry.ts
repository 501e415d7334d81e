import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { creditsFromElsewhere, type CreditRow } from '../../../teaching/learning/credits/credits.js';
import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { ValidityRule } from '../../open-badges/validity-rule.js';
import { Certificate, Revocation } from '../tables.js';
import { readFacts } from './award-facts.js';
import { endOfValidity } from './validity.js';

const EARLIER = sql`select ${columns(Certificate, 'c', 'awardedAt', 'validUntil', 'facts')}
  from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
  where y.enrolment_id = $1 and y.number < $2 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
  order by y.number`;

/** A cycle, and the course as it takes it. */
export interface Renewing {
  readonly cycle: Pick<
    CycleFacts,
    'id' | 'enrolmentId' | 'number' | 'organisationId' | 'userId' | 'completedAt' | 'timeZone'
  >;
  readonly slug: string;
  readonly rule: ValidityRule;
}

/** Something that was completed on a day. `lastDay`: as its certificate prints it; null where the course's rule says it. */
interface Completion {
  readonly on: string;
  readonly lastDay: string | null;
}

/**
 * By cycle the last valid day, such as "2027-11-30", of what it renews: the certificates of the enrolment's earlier cycles that are not
 * revoked, and what its learner completed of the course in this organisation otherwise, a classroom session or a certificate from
 * elsewhere. Null where there is nothing before it, and after a certificate that never expires.
 */
export async function previousEnds(all: readonly Renewing[]): Promise<Map<string, string | null>> {
  const credits = await creditsFromElsewhere(
    all.map(({ cycle: { organisationId, userId }, slug: courseSlug }) => ({
      organisationId,
      userId,
      courseSlug,
    })),
  );
  const ends = all.map(async ({ cycle, slug, rule }) => {
    const own = credits.filter(
      ({ organisationId, userId, courseSlug }) =>
        organisationId === cycle.organisationId && userId === cycle.userId && courseSlug === slug,
    );
    return [cycle.id, lastDayOf(await completedBefore(cycle, own), rule)] as const;
  });
  return new Map(await Promise.all(ends));
}

/** Empty where the last of the certificates never expires. */
async function completedBefore(
  cycle: Renewing['cycle'],
  credits: readonly CreditRow[],
): Promise<Completion[]> {
  const certificates = await certified(cycle, cycle.timeZone);
  if (certificates.at(-1)?.lastDay === null) return [];
  const until = dayOf(cycle.completedAt ?? 0, cycle.timeZone);
  const others = credits
    .filter(({ completedOn }) => completedOn <= until)
    .map(({ completedOn, lastDay }): Completion => ({ on: completedOn, lastDay }));
  return [...certificates, ...others];
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
