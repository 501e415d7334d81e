import { rows } from '../db/rows.js';
import { FULL_POINTS } from '../questions/question-type.js';
import { REFRESHER_DAYS, type RefresherDay } from './kinds.js';

/** What figures are counted over. */
export const LEVELS = ['course', 'module', 'objective'] as const;
export type Level = (typeof LEVELS)[number];

/** A course, a module of it, or an objective: `unit` is the course's slug, the module's slug or the objective's id. */
export interface Unit {
  readonly courseSlug: string;
  readonly level: Level;
  /** The module that it belongs to; null for a whole course. */
  readonly module: string | null;
  readonly unit: string;
}

/** Mean shares, 0 to 1, of people who finished both forms. */
export interface PairedRow extends Unit {
  readonly people: number;
  readonly before: number;
  readonly after: number;
}

/** Mean share of all who finished the refresher of a day; and of those of them who had finished the post-test, both. */
export interface LaterRow extends Unit {
  readonly days: RefresherDay;
  readonly people: number;
  readonly share: number;
  readonly pairedPeople: number;
  readonly pairedAfter: number | null;
  readonly pairedLater: number | null;
}

/** Where each level is written down; the texts are ours, nothing of a request goes in here. */
const COLUMNS: Record<Level, { unit: string; module: string }> = {
  course: { unit: 'v.course_slug', module: 'null' },
  module: { unit: 'a.module', module: 'a.module' },
  objective: { unit: 'a.objective', module: 'min(a.module)' },
};

/** Each person's mean points in each unit, measurement by measurement; `$1` is the organisation. */
const scores = (level: Level): string => {
  const { unit, module } = COLUMNS[level];
  return `with scores as (
    select v.course_slug, ${unit} as unit, ${module} as module, m.cycle_id, m.user_id, m.kind, avg(a.points) as points
    from measurements m
      join measurement_answers a on a.measurement_id = m.id
      join course_versions v on v.id = m.course_version_id
    where m.organisation_id = $1 and m.finished_at is not null
    group by v.course_slug, m.cycle_id, m.user_id, m.kind${level === 'course' ? '' : `, ${unit}`})`;
};

/** Baseline and post-test of an organisation's people, of those who finished both, summed up by the database. */
export async function pairedRows(organisationId: string, level: Level): Promise<PairedRow[]> {
  const found = await rows<Omit<PairedRow, 'level'>>(
    `${scores(level)}
     select b.course_slug as "courseSlug", b.unit, min(b.module) as module, count(distinct b.user_id) as people,
       avg(b.points) as before, avg(p.points) as after
     from scores b join scores p on p.cycle_id = b.cycle_id and p.unit = b.unit and p.kind = 'post'
     where b.kind = 'baseline' group by b.course_slug, b.unit order by b.course_slug, b.unit`,
    [organisationId],
  );
  return found.map(row => ({
    ...row,
    level,
    people: Number(row.people),
    before: share(row.before) ?? 0,
    after: share(row.after) ?? 0,
  }));
}

/** The refreshers of an organisation's people, summed up by the database. */
export async function laterRows(organisationId: string, level: Level): Promise<LaterRow[]> {
  const found = await rows<Omit<LaterRow, 'level' | 'days'> & { kind: string }>(
    `${scores(level)}
     select l.course_slug as "courseSlug", l.unit, min(l.module) as module, l.kind,
       count(distinct l.user_id) as people, avg(l.points) as share,
       count(distinct p.user_id) as "pairedPeople", avg(p.points) as "pairedAfter",
       avg(case when p.cycle_id is not null then l.points end) as "pairedLater"
     from scores l left join scores p on p.cycle_id = l.cycle_id and p.unit = l.unit and p.kind = 'post'
     where l.kind not in ('baseline', 'post') group by l.course_slug, l.unit, l.kind`,
    [organisationId],
  );
  return found.flatMap(({ kind, ...row }) => {
    const days = REFRESHER_DAYS.find(day => kind === `refresher-${day}`);
    if (!days) return [];
    return {
      ...row,
      level,
      days,
      people: Number(row.people),
      share: share(row.share) ?? 0,
      pairedPeople: Number(row.pairedPeople),
      pairedAfter: share(row.pairedAfter),
      pairedLater: share(row.pairedLater),
    };
  });
}

/** The organisations in which somebody has finished a measurement, by name. */
export const measuredOrganisations = (): Promise<{ id: string; name: string }[]> =>
  rows(
    `select id, name from organisations o
     where exists (select 1 from measurements m where m.organisation_id = o.id and m.finished_at is not null)
     order by name, id`,
  );

/** PostgreSQL gives averages as text: they are exact there. */
const share = (points: number | string | null): number | null =>
  points === null ? null : Number(points) / FULL_POINTS;
