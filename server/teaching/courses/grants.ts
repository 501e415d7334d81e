import { rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { dayOf } from '../../platform/lib/days.js';
import {
  organisationsNamed,
  ownOrganisations,
  type OrganisationFacts,
} from '../../people/organisations/memberships.js';
import { Organisation } from '../../people/organisations/tables.js';
import { unitsWorkedIn } from '../../people/organisations/units/units-worked-in.js';
import { can, type Actor } from '../../policy.js';
import { currentCourses, type PublishedCourse } from './catalogue.js';
import { CourseGrant } from './tables.js';

const OF_COURSE = sql`
  select ${columns(CourseGrant, 'g', 'organisationId', 'unitId', 'isByUnit', 'fromDay', 'untilDay')},
    ${columns(Organisation, 'o', 'kind', 'timeZone')}
  from ${CourseGrant} g join ${Organisation} o on o.id = g.organisation_id
  where g.course_slug = $1 order by g.granted_at, o.id, g.unit_id`;

type Counting = Awaited<ReturnType<typeof countingGrants>>[number];

/** Whether a grant counts on a day, in its organisation's zone: from its first day on, and no longer on its `untilDay`. */
export const countsOn = (
  { fromDay, untilDay }: { readonly fromDay: string; readonly untilDay: string | null },
  day: string,
): boolean => fromDay <= day && (untilDay === null || day < untilDay);

/** The grants of a course that count at `now` (epoch ms), in the order in which they were made. */
const countingGrants = async (slug: string, now: number) =>
  (await rows(OF_COURSE, [slug])).filter(grant => countsOn(grant, dayOf(now, grant.timeZone)));

/** A grant to the open organisation opens a course to everyone, whatever organisation they belong to. */
const isToEveryone = ({ kind }: Pick<Counting, 'kind'>): boolean => kind === 'open';

/** Whether all of an organisation's people may take a restricted course: it is granted to them, or to everyone. */
export const isGranted = async (organisationId: string, slug: string, now: number): Promise<boolean> =>
  (await countingGrants(slug, now)).some(
    grant => isToEveryone(grant) || (grant.organisationId === organisationId && opensWhole(grant)),
  );

const opensWhole = ({ unitId, isByUnit }: Counting): boolean => unitId === '' && !isByUnit;

/**
 * The organisations that have a course, for all of their people or for units that they choose, in the order of their grants; null
 * where everyone may take it.
 */
export async function grantedTo({ slug, snapshot }: PublishedCourse, now: number): Promise<string[] | null> {
  if (!snapshot.restricted) return null;
  const grants = await countingGrants(slug, now);
  if (grants.some(isToEveryone)) return null;
  return grants.flatMap(({ unitId, organisationId }) => (unitId === '' ? organisationId : []));
}

/**
 * The organisations in which a person may take a course, by name: their own, and of a restricted course those of them that have a
 * grant for them. Whoever has several chooses; none: they may not take it.
 */
export async function organisationsFor(
  actor: Actor,
  course: PublishedCourse,
  now: number,
): Promise<OrganisationFacts[]> {
  const open = await openTo(actor.id, course, now);
  if (open === null) return ownOrganisations(actor);
  return organisationsNamed(open.filter(organisationId => can(actor, 'course.take', { organisationId })));
}

/** Whether a person may take a course in one of their organisations. */
export async function mayTakeIn(
  { userId, organisationId }: { userId: string; organisationId: string },
  course: PublishedCourse,
  now: number,
): Promise<boolean> {
  return (await openTo(userId, course, now))?.includes(organisationId) ?? true;
}

/** The organisations whose grants open a course to a person: to everybody there, or to a unit where they work. Null: everyone may. */
async function openTo(userId: string, { slug, snapshot }: PublishedCourse, now: number) {
  if (!snapshot.restricted) return null;
  const grants = await countingGrants(slug, now);
  if (grants.some(isToEveryone)) return null;
  const whole = grants.filter(opensWhole).map(({ organisationId }) => organisationId);
  const units = unitsAmong(grants);
  if (units.size === 0) return whole;
  const worked = await unitsWorkedIn(userId);
  const below = worked.flatMap(({ unitId, organisationId }) => (units.has(unitId) ? organisationId : []));
  return [...new Set([...whole, ...below])];
}

/** A grant to a unit counts as long as its organisation may choose units. */
function unitsAmong(grants: readonly Counting[]): Set<string> {
  const choosing = new Set(grants.flatMap(each => (each.isByUnit ? each.organisationId : [])));
  return new Set(
    grants.flatMap(({ unitId, organisationId }) =>
      unitId !== '' && choosing.has(organisationId) ? unitId : [],
    ),
  );
}

/** The current courses that people of an organisation may take, in the order of the catalogue; some of them in some units alone. */
export async function coursesOpenTo(organisationId: string, now: number): Promise<PublishedCourse[]> {
  const courses = await currentCourses();
  const granted = await Promise.all(courses.map(course => grantedTo(course, now)));
  return courses.filter((_, at) => granted[at]?.includes(organisationId) ?? true);
}
