import type { ErasedBy } from '../../../platform/db/personal-data.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { bigint, nullable, text } from '../../../platform/db/table.js';
import { Certificate } from '../../../proof/certificates/tables.js';
import { dayOf, monthsAfter } from '../../../platform/lib/days.js';
import type { Subject } from './subject.js';
import { Membership, MembershipFact, Organisation } from '../../../people/organisations/tables.js';

/**
 * The two clocks of somebody in one organisation. `details`: until which day its rule keeps name, address and staff number: so
 * many months from leaving; null: it has not begun, or there is no rule. `awards`: until which day awards without a name
 * are kept: so many months from the end of the last certificate; null: for good. Both stop while a legal hold stands.
 */
export interface RetentionClocks {
  readonly organisation: string;
  readonly months: number | null;
  readonly hasLeft: boolean;
  readonly details: string | null;
  readonly awards: string | null;
  readonly hasAwards: boolean;
}

const LEFT_ON = sql`(select max(f.from_day) from ${MembershipFact} f where f.membership_id = m.id
  and f.kind = 'employment' and f.value = 'left' and f.retired_at is null) ${as('leftOn', nullable(text()))}`;
const LAST_END = sql`(select max(coalesce(c.valid_until, c.awarded_at)) from ${Certificate} c
  where c.user_id = m.user_id and c.organisation_id = m.organisation_id) ${as('lastEnd', nullable(bigint()))}`;

const OF_ONE = sql`select ${columns(Organisation, 'o', 'name', 'retentionMonths', 'timeZone')},
    ${columns(Membership, 'm', 'employment')}, ${LEFT_ON}, ${LAST_END}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id
  where m.user_id = $1 or m.id = $2 order by o.name`;

/** The clocks of somebody, by organisation. */
export async function clocksOf({ userId, membershipId }: Subject): Promise<RetentionClocks[]> {
  const found = await rows(OF_ONE, [userId ?? '', membershipId ?? '']);
  return found.map(({ name, retentionMonths: months, timeZone, employment, leftOn, lastEnd }) => ({
    organisation: name,
    months,
    hasLeft: employment === 'left',
    details: months !== null && employment === 'left' && leftOn ? monthsAfter(leftOn, months) : null,
    awards:
      months !== null && lastEnd !== null ? monthsAfter(dayOf(Number(lastEnd), timeZone), months) : null,
    hasAwards: lastEnd !== null,
  }));
}

const RULES = sql`select ${columns(Organisation, 'o', 'id', 'retentionMonths', 'timeZone')} from ${Organisation} o`;

/** Until which day an organisation keeps an award without its name, from the end of the certificate (epoch ms) on. */
export async function retentionRules(): Promise<Pick<ErasedBy, 'keptUntil'>> {
  const rules = new Map((await rows(RULES)).map(({ id, ...rule }) => [id, rule]));
  return {
    keptUntil: (organisationId, end) => {
      const rule = rules.get(organisationId);
      if (!rule || rule.retentionMonths === null) return null;
      return monthsAfter(dayOf(Number(end), rule.timeZone), rule.retentionMonths);
    },
  };
}
