import { Certificate, Revocation, Supersession, Suspension } from '../../../certificates/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, parameters, sql, unionAll, type Sql } from '../../../../platform/db/sql.js';
import { integer, nullable, text } from '../../../../platform/db/table.js';
import { CourseVersion } from '../../../../teaching/courses/tables.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import {
  Membership,
  MembershipFact,
  MembershipPerson,
  Placement,
} from '../../../../people/organisations/tables.js';
import {
  AssignmentMark,
  Exemption,
  RequirementVersion,
  StandingInterval,
} from '../../../requirements/tables.js';
import type { PackTopic } from './pack-scope.js';

/** What can have changed since a pack was made, in the order in which a page names it. */
const SINCE_KINDS = [
  ...['late-credit', 'voided-credit', 'lifted-void', 'exemption', 'mark', 'certificate', 'person', 'rule'],
  'standing',
] as const;
export type SinceKind = (typeof SINCE_KINDS)[number];

/** A kind of change: how many there were, and the first of the people whom it concerns. */
export interface Difference {
  readonly kind: SinceKind;
  readonly count: number;
  readonly people: readonly { readonly membershipId: string; readonly name: string | null }[];
}

/** People named for each kind. */
const NAMED = 10;

/** What was recorded since about the time that a pack tells of. Nothing of what happened later. */
export async function differencesSince(topic: PackTopic): Promise<Difference[]> {
  const { requirements, courses, period, organisation } = topic;
  if (requirements.length === 0) return [];
  const params = [
    organisation.id,
    period.knownAt,
    period.from,
    period.to,
    ...courses,
    ...requirements.map(({ id }) => id),
  ];
  const all = changes(topic);
  const counts = await rows(
    sql`select d.kind ${as('kind', text<SinceKind>())}, count(*) ${as('count', integer())} from (${all}) d group by d.kind`,
    params,
  );
  const people = await rows(
    sql`select f.kind ${as('kind', text<SinceKind>())}, f.membership_id ${as('membershipId', text())},
          ${orNull(columns(MembershipPerson, 'p', 'name'))}
        from (select d.kind, d.membership_id, row_number() over (partition by d.kind order by d.membership_id) as number
          from (select distinct kind, membership_id from (${all}) each) d where d.membership_id is not null) f
          left join ${MembershipPerson} p on p.membership_id = f.membership_id
        where f.number <= ${NAMED} order by p.name, f.membership_id`,
    params,
  );
  return SINCE_KINDS.flatMap(kind => {
    const count = Number(counts.find(each => each.kind === kind)?.count ?? 0);
    return count === 0 ? [] : { kind, count, people: people.filter(each => each.kind === kind) };
  });
}

const MEMBER = as('membership_id', nullable(text()));

/** Each change with its kind and whom it concerns. $1: organisation; $2: since; $3, $4: the period; then courses and requirements. */
function changes({ courses, requirements }: PackTopic): Sql {
  const of = parameters(courses.length, 5);
  const required = parameters(requirements.length, 5 + courses.length);
  const dated = sql`s.organisation_id = $1 and s.requirement_id in (${required}) and s.from_day <= $4
    and (s.to_day is null or s.to_day > $3) and ${RECORDED_OR_RETIRED}`;
  const credited = sql`from ${CreditVoid} s join ${Credit} c on c.id = s.credit_id
    where s.organisation_id = $1 and c.completed_on <= $4 and c.course_slug in (${of}) and s.from_day <= $4`;
  const said = sql`s.organisation_id = $1 and s.from_day <= $4 and (s.to_day is null or s.to_day > $3) and ${RECORDED_OR_RETIRED}`;
  const state = (at: Sql) => sql`join ${Certificate} c on c.id = s.certificate_id
      join ${CourseVersion} v on v.id = c.course_version_id
      join ${Membership} m on m.organisation_id = c.organisation_id and m.user_id = c.user_id
    where s.organisation_id = $1 and ${at} > $2 and c.issued_at <= $2 and v.course_slug in (${of})`;
  return unionAll([
    sql`select 'late-credit' as kind, c.membership_id ${MEMBER} from ${Credit} c
        where c.organisation_id = $1 and c.recorded_at > $2 and c.completed_on <= $4 and c.course_slug in (${of})`,
    sql`select 'voided-credit' as kind, c.membership_id ${MEMBER} ${credited} and s.recorded_at > $2 and s.retired_at is null`,
    sql`select 'lifted-void' as kind, c.membership_id ${MEMBER} ${credited} and s.recorded_at <= $2 and s.retired_at > $2`,
    sql`select 'exemption' as kind, s.membership_id ${MEMBER} from ${Exemption} s where ${dated}`,
    sql`select 'mark' as kind, s.membership_id ${MEMBER} from ${AssignmentMark} s where ${dated}`,
    sql`select 'certificate' as kind, m.id ${MEMBER} from ${Revocation} s ${state(sql`s.revoked_at`)}`,
    sql`select 'certificate' as kind, m.id ${MEMBER} from ${Suspension} s ${state(sql`s.suspended_at`)}`,
    sql`select 'certificate' as kind, m.id ${MEMBER} from ${Supersession} s ${state(sql`s.superseded_at`)}`,
    sql`select 'person' as kind, s.membership_id ${MEMBER} from ${MembershipFact} s where ${said}`,
    sql`select 'person' as kind, s.membership_id ${MEMBER} from ${Placement} s where ${said}`,
    sql`select 'rule' as kind, cast(null as varchar(36)) ${MEMBER} from ${RequirementVersion} s
        where s.organisation_id = $1 and s.recorded_at > $2 and s.from_day <= $4 and s.requirement_id in (${required})`,
    sql`select 'standing' as kind, s.membership_id ${MEMBER} from ${StandingInterval} s where ${dated} group by s.membership_id`,
  ]);
}

const RECORDED_OR_RETIRED = sql`(s.recorded_at > $2 or s.retired_at > $2)`;
