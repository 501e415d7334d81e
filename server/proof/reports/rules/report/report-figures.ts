import { rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import { Placement, UnitFact } from '../../../../people/organisations/tables.js';
import { StandingInterval } from '../../../requirements/tables.js';

/** Of whom, of what and of when a report counts, as it was known at `knownAt` (epoch ms). Both days are included. */
export interface ReportScope {
  readonly organisationId: string;
  /** Slugs: a training is a credit of any of them. */
  readonly courses: readonly string[];
  /** Ids: whoever one of them concerns on `concernedOn` is concerned. */
  readonly requirements: readonly string[];
  readonly from: string;
  readonly last: string;
  readonly concernedOn: string;
  readonly knownAt: number;
}

/** People who were trained, by where they worked and as what on the day of their last training in the period. */
interface TrainedGroup {
  readonly job: string | null;
  readonly unit: string | null;
  readonly people: number;
  /** With their first training of all. */
  readonly initial: number;
  /** With one after another. */
  readonly again: number;
}

/** Everything that a report counts. */
export interface ReportFigures {
  readonly groups: readonly TrainedGroup[];
  readonly concerned: number;
  readonly concernedTrained: number;
}

/** A credit of the courses that was known, and was not void from its start. The first four parameters are those of `countedOf`. */
const known = (credit: string, courses: Sql): Sql => {
  const c: Sql = { text: credit };
  return sql`${c}.course_slug in (${courses}) and ${c}.recorded_at <= $4 and not exists (select 1 from ${CreditVoid} v
    where v.credit_id = ${c}.id and v.from_day <= ${c}.completed_on and v.recorded_at <= $4
      and (v.retired_at is null or v.retired_at > $4))`;
};

const paramsOf = ({ organisationId, from, last, knownAt, courses }: ReportScope) => [
  ...[organisationId, from, last, knownAt],
  ...courses,
];

/** The credits that count in the period. */
const countedOf = (courses: Sql): Sql =>
  sql`c.organisation_id = $1 and c.completed_on >= $2 and c.completed_on <= $3 and ${known('c', courses)}`;

/** A row for each person who was trained in the period. */
const trained = (courses: Sql): Sql =>
  sql`select c.membership_id, min(c.completed_on) as first_on, max(c.completed_on) as last_on,
      case when exists (select 1 from ${Credit} e where e.membership_id = c.membership_id and e.completed_on < $2
        and ${known('e', courses)}) then 1 else 0 end as was_trained
    from ${Credit} c where ${countedOf(courses)} group by c.membership_id`;

/** What a report counts. Its cost grows with the trainings of the period, in the database; groups are few. */
export async function reportFigures(scope: ReportScope): Promise<ReportFigures> {
  if (scope.courses.length === 0) return NOTHING;
  const courses = parameters(scope.courses.length, 5);
  return { groups: await groupsOf(scope, courses), ...(await concernedOf(scope, courses)) };
}

const NOTHING: ReportFigures = { groups: [], concerned: 0, concernedTrained: 0 };

const dated = (row: string): Sql => {
  const each: Sql = { text: row };
  return sql`${each}.from_day <= t.last_on and (${each}.to_day is null or ${each}.to_day > t.last_on)
    and ${each}.recorded_at <= $4 and (${each}.retired_at is null or ${each}.retired_at > $4)`;
};

async function groupsOf(scope: ReportScope, courses: Sql): Promise<TrainedGroup[]> {
  const found = await rows(
    sql`select ${orNull(columns(Placement, 'p', 'job'))}, ${orNull(renamed(UnitFact, 'f', { unit: 'name' }))},
        count(*) ${as('people', integer())},
        sum(1 - t.was_trained) ${as('initial', integer())},
        sum(case when t.was_trained = 1 or t.first_on < t.last_on then 1 else 0 end) ${as('again', integer())}
      from (${trained(courses)}) t
      left join ${Placement} p on p.membership_id = t.membership_id and p.is_home and ${dated('p')}
      left join ${UnitFact} f on f.unit_id = p.unit_id and ${dated('f')}
      group by p.job, p.unit_id, f.name order by p.job, f.name, p.unit_id`,
    paramsOf(scope),
  );
  return found.map(({ people, initial, again, ...where }) => ({
    ...where,
    ...{ people: Number(people), initial: Number(initial), again: Number(again) },
  }));
}

async function concernedOf(scope: ReportScope, courses: Sql) {
  const { requirements, concernedOn } = scope;
  if (requirements.length === 0) return { concerned: 0, concernedTrained: 0 };
  const first = 5 + scope.courses.length;
  const [found] = await rows(
    sql`select count(distinct s.membership_id) ${as('concerned', integer())},
        count(distinct t.membership_id) ${as('concernedTrained', integer())}
      from ${StandingInterval} s left join (${trained(courses)}) t on t.membership_id = s.membership_id
      where s.organisation_id = $1 and s.standing <> 'not-required'
        and s.from_day <= $${first} and (s.to_day is null or s.to_day > $${first})
        and s.recorded_at <= $4 and (s.retired_at is null or s.retired_at > $4)
        and s.requirement_id in (${parameters(requirements.length, first + 1)})`,
    [...paramsOf(scope), concernedOn, ...requirements],
  );
  return {
    concerned: Number(found?.concerned ?? 0),
    concernedTrained: Number(found?.concernedTrained ?? 0),
  };
}

/** Trainings of a period in one version of a course. */
export interface CourseTime {
  readonly courseSlug: string;
  readonly version: number | null;
  readonly trainings: number;
}

/** Trainings of the period that were not in a room, by the version of their course. */
export async function courseTimes(scope: ReportScope): Promise<CourseTime[]> {
  if (scope.courses.length === 0) return [];
  const found = await rows(
    sql`select ${columns(Credit, 'c', 'courseSlug', 'version')}, count(*) ${as('trainings', integer())}
      from ${Credit} c where ${outsideRooms(scope)} group by c.course_slug, c.version`,
    paramsOf(scope),
  );
  return found.map(({ trainings, ...of }) => ({ ...of, trainings: Number(trainings) }));
}

/** The same for each person, by membership. */
export async function trainingsOfPeople(
  scope: ReportScope,
): Promise<(CourseTime & { readonly membershipId: string })[]> {
  if (scope.courses.length === 0) return [];
  const found = await rows(
    sql`select ${columns(Credit, 'c', 'membershipId', 'courseSlug', 'version')}, count(*) ${as('trainings', integer())}
      from ${Credit} c where ${outsideRooms(scope)} group by c.membership_id, c.course_slug, c.version`,
    paramsOf(scope),
  );
  return found.map(({ trainings, ...of }) => ({ ...of, trainings: Number(trainings) }));
}

const outsideRooms = ({ courses }: ReportScope): Sql =>
  sql`${countedOf(parameters(courses.length, 5))} and c.source <> 'session'`;
