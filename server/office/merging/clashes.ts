import { Certificate } from '../../proof/certificates/tables.js';
import { row } from '../../platform/db/rows.js';
import { as, columns, parameters, sql, type Sql } from '../../platform/db/sql.js';
import { integer } from '../../platform/db/table.js';
import { Credit } from '../../teaching/learning/credits/tables.js';
import { Cycle, Enrolment } from '../../teaching/learning/tables.js';
import { dayOf } from '../../platform/lib/days.js';
import { RoleGrant } from '../../people/organisations/tables.js';
import { AssignmentMark, Exemption, StandingInterval } from '../../proof/requirements/tables.js';
import { Attempt } from '../../teaching/quizzes/tables.js';

/** How much there is of each thing that a merge carries over, leaves where it is, or ends. */
export interface Amounts {
  readonly credits: number;
  readonly certificates: number;
  readonly begun: number;
  readonly roles: number;
  readonly exemptions: number;
  /** Courses for which both hold a certificate, and requirements that mean both. */
  readonly sameCourses: number;
  readonly sameDuties: number;
  readonly openAttempts: { readonly kept: number; readonly closed: number };
}

/** The accounts and memberships of the two, and a day on which they are compared. */
interface Compared {
  readonly kept: readonly string[];
  readonly closed: readonly string[];
  readonly keptUser: string | null;
  /** The account that would be closed. */
  readonly closedUser: string | null;
  readonly now: number;
  readonly timeZone: string;
}

/** What there is of the two, counted. */
export async function amountsOf(compared: Compared): Promise<Amounts> {
  const { kept, closed, keptUser, closedUser } = compared;
  return {
    credits: await count(sql`${Credit} where membership_id in (${parameters(closed.length)})`, closed),
    certificates: await ofUser(
      sql`${Certificate} where user_id = $1 and superseded_at is null and issued_at is not null`,
      closedUser,
    ),
    begun: await ofUser(
      sql`${Cycle} where user_id = $1 and completed_at is null and left_at is null`,
      closedUser,
    ),
    roles: await ofUser(sql`${RoleGrant} where user_id = $1 and ended_at is null`, closedUser),
    exemptions:
      (await count(
        sql`${Exemption} where retired_at is null and membership_id in (${parameters(closed.length)})`,
        closed,
      )) +
      (await count(
        sql`${AssignmentMark} where retired_at is null and membership_id in (${parameters(closed.length)})`,
        closed,
      )),
    sameCourses: keptUser && closedUser ? await count(CERTIFIED, [keptUser, closedUser]) : 0,
    sameDuties: await sameDuties(kept, closed, compared),
    openAttempts: { kept: await ofUser(OPEN, keptUser), closed: await ofUser(OPEN, closedUser) },
  };
}

const OPEN = sql`${Attempt} where user_id = $1 and submitted_at is null`;

const ofUser = (from: Sql, userId: string | null): Promise<number> =>
  userId === null ? Promise.resolve(0) : count(from, [userId]);

async function count(from: Sql, params: readonly string[]): Promise<number> {
  if (params.length === 0) return 0;
  const found = await row(sql`select count(*) ${as('count', integer())} from ${from}`, params);
  return Number(found?.count ?? 0);
}

const CERTIFIED = sql`${Enrolment} e where e.user_id = $1 and exists (select 1 from ${Certificate} c join ${Cycle} y on y.id = c.cycle_id
    where y.enrolment_id = e.id and c.superseded_at is null)
  and exists (select 1 from ${Enrolment} f join ${Cycle} y on y.enrolment_id = f.id join ${Certificate} c on c.cycle_id = y.id
    where f.user_id = $2 and f.course_slug = e.course_slug and c.superseded_at is null)`;

const REQUIRED = sql`select ${columns(StandingInterval, 'i', 'requirementId')} from ${StandingInterval} i
  where i.retired_at is null and i.standing <> 'not-required' and i.from_day <= $1 and (i.to_day is null or i.to_day > $1)`;

async function sameDuties(
  kept: readonly string[],
  closed: readonly string[],
  { now, timeZone }: Compared,
): Promise<number> {
  if (kept.length === 0 || closed.length === 0) return 0;
  const of = (length: number, first: number) =>
    sql`${REQUIRED} and i.membership_id in (${parameters(length, first)})`;
  const found = await row(
    sql`select count(*) ${as('count', integer())} from (
      ${of(kept.length, 2)} intersect ${of(closed.length, 2 + kept.length)}) both_required`,
    [dayOf(now, timeZone), ...kept, ...closed],
  );
  return Number(found?.count ?? 0);
}
