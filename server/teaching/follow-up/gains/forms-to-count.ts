import { CourseVersion } from '../../courses/tables.js';
import { listed, rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { Measurement, MeasurementAnswer } from '../tables.js';

/** Somebody in an organisation. */
interface Measured {
  readonly organisationId: string;
  readonly userId: string;
}

const SUBJECTS = sql`select distinct ${columns(Measurement, 'm', 'organisationId')} from ${Measurement} m
  where m.finished_at is not null`;

/** The organisations in which somebody has finished a form. */
export const organisationsMeasured = async (): Promise<string[]> =>
  (await rows(SUBJECTS)).map(({ organisationId }) => organisationId);

const PEOPLE = sql`select distinct ${columns(Measurement, 'm', 'userId')} from ${Measurement} m
  where m.organisation_id = $1 and m.finished_at is not null and m.user_id > $2 order by 1 limit 500`;

/** Some of the people of an organisation who have finished a form, after one of them. */
export const measuredAfter = async (organisationId: string, after: string): Promise<Measured[]> =>
  (await rows(PEOPLE, [organisationId, after])).map(({ userId }) => ({ organisationId, userId }));

/** Whose forms these are. */
export const peopleMeasured = (ids: readonly string[]): Promise<Measured[]> =>
  rows(
    sql`select distinct ${columns(Measurement, 'm', 'organisationId', 'userId')} from ${Measurement} m
      where m.id in (${parameters(ids.length)})`,
    ids,
  );

const OF_PERSON = sql`select distinct ${columns(Measurement, 'm', 'organisationId', 'userId')} from ${Measurement} m
  where m.user_id = $1 and m.finished_at is not null`;

/** Somebody, in each organisation in which they have finished a form. */
export const asMeasured = (userId: string): Promise<Measured[]> => rows(OF_PERSON, [userId]);

/** Points of a finished form, by objective. */
export type FinishedForm = Awaited<ReturnType<typeof formsOf>>[number];

const FORMS =
  () => sql`select ${columns(Measurement, 'm', 'id', 'organisationId', 'userId', 'cycleId', 'kind')},
    ${columns(CourseVersion, 'v', 'courseSlug')}, ${columns(MeasurementAnswer, 'a', 'module', 'objective')},
    sum(a.points) ${as('points', integer())}, count(*) ${as('items', integer())}
  from ${listed(1)} as list
    join ${Measurement} m on m.organisation_id = list.value ->> 0 and m.user_id = list.value ->> 1 and m.finished_at is not null
    join ${CourseVersion} v on v.id = m.course_version_id
    join ${MeasurementAnswer} a on a.measurement_id = m.id
  group by m.id, m.organisation_id, m.user_id, m.cycle_id, m.kind, v.course_slug, a.module, a.objective`;

/** All finished forms of these people. */
export async function formsOf(people: readonly Measured[]) {
  const list = JSON.stringify(people.map(({ organisationId, userId }) => [organisationId, userId]));
  const found = await rows(FORMS(), [list]);
  return found.map(form => ({ ...form, points: Number(form.points), items: Number(form.items) }));
}
