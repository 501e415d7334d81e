import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { Organisation, Unit } from '../../../people/organisations/tables.js';
import { currentCourses } from '../catalogue.js';
import { CourseGrant } from '../tables.js';
import type { Terms } from './granting.js';

/** A grant: people of an organisation may take a restricted course. */
export interface GrantFacts extends Terms {
  readonly courseSlug: string;
  readonly organisationId: string;
  readonly organisation: string;
  /** The name of the unit; null: it is the organisation's own grant. */
  readonly unit: string | null;
  /** The grant is to the open organisation: it opens the course to everyone. */
  readonly isToEveryone: boolean;
  /** Epoch ms. */
  readonly grantedAt: number;
  /** A name; null: whoever runs the server, at the command line. */
  readonly by: string | null;
}

/** A course and its grants. `title` is null where no course has this slug. */
export interface CourseAccess {
  readonly slug: string;
  readonly title: string | null;
  /** False: its grants have no effect, because there is no such course or everyone may take it anyway. */
  readonly isRestricted: boolean;
  readonly grants: readonly GrantFacts[];
}

/** Every restricted course with its grants, in the order of the catalogue; then other courses that grants name. */
export async function accessToCourses(): Promise<CourseAccess[]> {
  const [courses, grants] = [await currentCourses(), await courseGrants()];
  const restricted = courses.filter(({ snapshot }) => snapshot.restricted);
  const slugs = new Set(
    [...restricted, ...grants.map(({ courseSlug: slug }) => ({ slug }))].map(({ slug }) => slug),
  );
  return [...slugs].map(slug => {
    const snapshot = courses.find(course => course.slug === slug)?.snapshot;
    return {
      slug,
      title: snapshot?.title ?? null,
      isRestricted: snapshot?.restricted ?? false,
      grants: grants.filter(({ courseSlug }) => courseSlug === slug),
    };
  });
}

/** The grants of an organisation: its own first, then those of its units by name. */
const ALL_GRANTS = sql`
  select ${columns(CourseGrant, 'g', 'courseSlug', 'unitId', 'isByUnit', 'fromDay', 'untilDay', 'grantedAt')},
    ${renamed(Organisation, 'o', { organisationId: 'id', organisation: 'name', kind: 'kind' })},
    ${orNull(renamed(Unit, 'n', { unit: 'name' }))}, ${orNull(renamed(User, 'u', { by: 'name' }))}
  from ${CourseGrant} g join ${Organisation} o on o.id = g.organisation_id
    left join ${Unit} n on n.id = g.unit_id left join ${User} u on u.id = g.granted_by
  order by g.course_slug, o.id, coalesce(n.name, ''), g.unit_id`;

async function courseGrants(): Promise<GrantFacts[]> {
  const found = await rows(ALL_GRANTS);
  return found.map(({ kind, isByUnit, ...grant }) => ({
    ...grant,
    isByUnit: Boolean(isByUnit),
    isToEveryone: kind === 'open',
  }));
}
