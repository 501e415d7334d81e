import { CourseVersion } from '../courses/tables.js';
import { rows } from '../db/rows.js';
import { as, columns, sql, type Sql } from '../db/sql.js';
import { integer, nullable, real, text } from '../db/table.js';
import { Organisation } from '../organisations/tables.js';
import { FULL_POINTS } from '../questions/question-type.js';
import { REFRESHER_DAYS, type RefresherDay } from './kinds.js';
import { Measurement, MeasurementAnswer } from './tables.js';

/** What figures are counted over. */
export const UNIT_LEVELS = ['course', 'module', 'objective'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/** A course, a module of it, or an objective: `unit` is the course's slug, the module's slug or the objective's id. */
export interface CountedUnit {
  readonly courseSlug: string;
  readonly level: UnitLevel;
  /** The module that it belongs to; null for a whole course. */
  readonly module: string | null;
  readonly unit: string;
}

/** Mean shares, 0 to 1, of people who finished both forms. */
export interface PairedRow extends CountedUnit {
  readonly people: number;
  readonly before: number;
  readonly after: number;
}

/** The mean share of all who finished the refresher of a day; and for those of them who had finished the post-test, both. */
export interface LaterRow extends CountedUnit {
  readonly days: RefresherDay;
  readonly people: number;
  readonly share: number;
  readonly pairedPeople: number;
  readonly pairedAfter: number | null;
  readonly pairedLater: number | null;
}

/** Each person's mean points in each unit, measurement by measurement. $1: the organisation. */
const scores = ({ unit, module, groups }: { unit: Sql; module: Sql; groups: Sql }) => sql`with scores as (
    select v.course_slug, ${unit} as unit, ${module} as module, m.cycle_id, m.user_id, m.kind,
      avg(a.points) as points
    from ${Measurement} m
      join ${MeasurementAnswer} a on a.measurement_id = m.id
      join ${CourseVersion} v on v.id = m.course_version_id
    where m.organisation_id = $1 and m.finished_at is not null
    group by v.course_slug, m.cycle_id, m.user_id, m.kind${groups})`;

const SCORES = {
  course: scores({ unit: sql`v.course_slug`, module: sql`null`, groups: sql`` }),
  module: scores({ unit: sql`a.module`, module: sql`a.module`, groups: sql`, a.module` }),
  objective: scores({ unit: sql`a.objective`, module: sql`min(a.module)`, groups: sql`, a.objective` }),
};

/** PostgreSQL returns an average as text unless it is cast. */
const paired = (level: UnitLevel) => sql`${SCORES[level]}
  select b.course_slug ${as('courseSlug', text())}, b.unit ${as('unit', text())},
    min(b.module) ${as('module', nullable(text()))}, count(distinct b.user_id) ${as('people', integer())},
    cast(avg(b.points) as double precision) ${as('before', real())},
    cast(avg(p.points) as double precision) ${as('after', real())}
  from scores b join scores p on p.cycle_id = b.cycle_id and p.unit = b.unit and p.kind = 'post'
  where b.kind = 'baseline' group by b.course_slug, b.unit order by b.course_slug, b.unit`;

const PAIRED = { course: paired('course'), module: paired('module'), objective: paired('objective') };

/** The baselines and post-tests of an organisation, of the people who finished both, counted by the database. */
export async function pairedRows(organisationId: string, level: UnitLevel): Promise<PairedRow[]> {
  const found = await rows(PAIRED[level], [organisationId]);
  return found.map(({ before, after, ...unit }) => ({
    ...unit,
    level,
    before: before / FULL_POINTS,
    after: after / FULL_POINTS,
  }));
}

const later = (level: UnitLevel) => sql`${SCORES[level]}
  select l.course_slug ${as('courseSlug', text())}, l.unit ${as('unit', text())},
    min(l.module) ${as('module', nullable(text()))}, l.kind ${as('kind', text())},
    count(distinct l.user_id) ${as('people', integer())},
    cast(avg(l.points) as double precision) ${as('share', real())},
    count(distinct p.user_id) ${as('pairedPeople', integer())},
    cast(avg(p.points) as double precision) ${as('pairedAfter', nullable(real()))},
    cast(avg(case when p.cycle_id is not null then l.points end) as double precision)
      ${as('pairedLater', nullable(real()))}
  from scores l left join scores p on p.cycle_id = l.cycle_id and p.unit = l.unit and p.kind = 'post'
  where l.kind not in ('baseline', 'post') group by l.course_slug, l.unit, l.kind`;

const LATER = { course: later('course'), module: later('module'), objective: later('objective') };

/** The refreshers of an organisation's people, counted by the database. */
export async function laterRows(organisationId: string, level: UnitLevel): Promise<LaterRow[]> {
  const found = await rows(LATER[level], [organisationId]);
  return found.flatMap(({ kind, ...counted }) => {
    const days = REFRESHER_DAYS.find(day => kind === `refresher-${day}`);
    if (!days) return [];
    const { share, pairedAfter, pairedLater } = counted;
    return {
      ...{ ...counted, level, days, share: share / FULL_POINTS },
      pairedAfter: pairedAfter === null ? null : pairedAfter / FULL_POINTS,
      pairedLater: pairedLater === null ? null : pairedLater / FULL_POINTS,
    };
  });
}

const MEASURED = sql`select ${columns(Organisation, 'o', 'id', 'name')} from ${Organisation} o
  where exists (select 1 from ${Measurement} m where m.organisation_id = o.id and m.finished_at is not null)
  order by o.name, o.id`;

/** The organisations in which somebody has finished a measurement, by name. */
export const measuredOrganisations = (): Promise<{ id: string; name: string }[]> => rows(MEASURED);
