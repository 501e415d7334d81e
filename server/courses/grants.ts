import type { RoleChangedBy } from '../accounts/administrators.js';
import { User } from '../accounts/tables.js';
import { insertOnce, row, rows } from '../db/rows.js';
import { columns, orNull, renamed, sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import {
  organisationsNamed,
  ownOrganisations,
  type OrganisationFacts,
} from '../organisations/memberships.js';
import { Organisation } from '../organisations/tables.js';
import { can, type Actor } from '../policy.js';
import { cardOf, type CourseCard } from './cards.js';
import { currentCourses, forgetCatalogue, grantedToEveryone, type PublishedCourse } from './catalogue.js';
import { CourseGrant } from './tables.js';

/** A grant: an organisation's people may take a restricted course. */
export interface GrantFacts {
  readonly courseSlug: string;
  readonly organisationId: string;
  readonly organisation: string;
  /** The grant is to the open organisation, to which everyone who signs up belongs. */
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

/**
 * Let an organisation's people take a restricted course; for the open organisation, everyone. Returns false when the grant
 * already exists.
 */
export async function grantCourse(
  courseSlug: string,
  organisationId: string,
  { actorId, now }: RoleChangedBy,
): Promise<boolean> {
  const isNew = await inTransaction(async () => {
    const grant = { organisationId, courseSlug, grantedBy: actorId, grantedAt: now };
    if (!(await insertOnce(CourseGrant, grant))) return false;
    await record('course.granted', { courseSlug }, { actorId, organisationId, now });
    return true;
  });
  forgetCatalogue();
  return isNew;
}

/**
 * Revoke a grant: nobody can start or renew the course through it any more. People who have begun can finish, and
 * certificates stay valid. Returns false when there is no such grant.
 */
export async function revokeGrant(
  courseSlug: string,
  organisationId: string,
  { actorId, now }: RoleChangedBy,
): Promise<boolean> {
  const wasThere = await inTransaction(async () => {
    const [ended] = await rows(
      sql`delete from ${CourseGrant} where organisation_id = $1 and course_slug = $2 returning course_slug`,
      [organisationId, courseSlug],
    );
    if (!ended) return false;
    await record('course.grant-revoked', { courseSlug }, { actorId, organisationId, now });
    return true;
  });
  forgetCatalogue();
  return wasThere;
}

/** Grants with their organisations. */
const GRANTS = sql`${CourseGrant} g join ${Organisation} o on o.id = g.organisation_id`;

/** Whether an organisation's people may take a restricted course: it is granted to them, or to everyone. */
export const isGranted = async (organisationId: string, courseSlug: string): Promise<boolean> =>
  (await row(sql`select o.id from ${GRANTS} where g.course_slug = $2 and (o.id = $1 or o.kind = 'open')`, [
    organisationId,
    courseSlug,
  ])) !== null;

/** The organisations whose people may take a course, in the order of their grants; null where everyone may. */
export async function grantedTo({ slug, snapshot }: PublishedCourse): Promise<string[] | null> {
  if (!snapshot.restricted) return null;
  const grants = await rows(
    sql`select ${columns(Organisation, 'o', 'id', 'kind')} from ${GRANTS}
        where g.course_slug = $1 order by g.granted_at, o.id`,
    [slug],
  );
  return grants.some(({ kind }) => kind === 'open') ? null : grants.map(({ id }) => id);
}

/**
 * The organisations in which a person may take a course, by name: their own, and of a restricted course those of them that
 * have a grant. Whoever has several chooses; none: they may not take it.
 */
export async function organisationsFor(actor: Actor, course: PublishedCourse): Promise<OrganisationFacts[]> {
  const granted = await grantedTo(course);
  if (granted === null) return ownOrganisations(actor);
  return organisationsNamed(granted.filter(organisationId => can(actor, 'course.take', { organisationId })));
}

/** The current courses that an organisation's people may take, in the order of the catalogue. */
export async function coursesOpenTo(organisationId: string): Promise<PublishedCourse[]> {
  const courses = await currentCourses();
  const granted = await Promise.all(courses.map(grantedTo));
  return courses.filter((_, at) => granted[at]?.includes(organisationId) ?? true);
}

/** The cards of all courses, in the order of the catalogue. A course that is granted to everyone is not restricted. */
export async function courseCards(): Promise<CourseCard[]> {
  const open = await grantedToEveryone();
  return (await currentCourses()).map(course => cardOf(course, open.has(course.slug)));
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

const ALL_GRANTS = sql`
  select ${columns(CourseGrant, 'g', 'courseSlug', 'grantedAt')},
    ${renamed(Organisation, 'o', { organisationId: 'id', organisation: 'name', kind: 'kind' })},
    ${orNull(renamed(User, 'u', { by: 'name' }))}
  from ${GRANTS} left join ${User} u on u.id = g.granted_by
  order by g.course_slug, g.granted_at, o.id`;

async function courseGrants(): Promise<GrantFacts[]> {
  const found = await rows(ALL_GRANTS);
  return found.map(({ kind, ...grant }) => ({ ...grant, isToEveryone: kind === 'open' }));
}
