import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import { visibleTo } from '../../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../../people/organisations/tables.js';
import type { Actor } from '../../../../policy.js';
import type { ReportScope } from './report-figures.js';

/** Papers that a page lists. */
export const MOST_PAPERS = 200;

const NAMED = sql`${columns(Credit, 'c', 'id', 'membershipId', 'completedOn')},
  ${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}`;
const BESIDE = sql`join ${Membership} m on m.id = c.membership_id
  left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id`;

/** From the start, so that the training has never counted. */
const VOID = sql`v.credit_id = c.id and v.from_day <= c.completed_on and v.retired_at is null`;

/** Trainings of a report's period that were recorded after it was sealed and count now. */
export const latePapers = (actor: Actor, scope: ReportScope) =>
  papers(actor, scope, {
    recorded: sql`${renamed(Credit, 'c', { recordedAt: 'recordedAt' })}`,
    joined: sql``,
    condition: sql`c.recorded_at > $4 and not exists (select 1 from ${CreditVoid} v where ${VOID})`,
  });

/** Trainings of a report's period that counted when it was sealed and do not now. */
export const gonePapers = (actor: Actor, scope: ReportScope) =>
  papers(actor, scope, {
    recorded: sql`${renamed(CreditVoid, 'v', { recordedAt: 'recordedAt' })}`,
    joined: sql`join ${CreditVoid} v on ${VOID} and v.recorded_at > $4`,
    condition: sql`c.recorded_at <= $4`,
  });

interface Asked {
  readonly recorded: Sql<{ recordedAt: number }>;
  readonly joined: Sql;
  readonly condition: Sql;
}

async function papers(
  actor: Actor,
  { organisationId, from, last, knownAt, courses }: ReportScope,
  { recorded, joined, condition }: Asked,
) {
  if (courses.length === 0) return [];
  const reach = await visibleTo(actor, { alias: sql`m`, first: 5 + courses.length });
  return rows(
    sql`select ${NAMED}, ${recorded} from ${Credit} c ${joined} ${BESIDE}
        where c.organisation_id = $1 and c.completed_on >= $2 and c.completed_on <= $3 and ${condition}
          and c.course_slug in (${parameters(courses.length, 5)}) and ${reach.condition}
        order by c.completed_on, c.id limit ${MOST_PAPERS + 1}`,
    [organisationId, from, last, knownAt, ...courses, ...reach.params],
  );
}
