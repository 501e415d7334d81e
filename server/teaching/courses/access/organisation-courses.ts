import { dayOf } from '../../../platform/lib/days.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import { countsOn } from '../grants.js';
import { accessToCourses, type CourseAccess, type GrantFacts } from './access-queries.js';

/** A restricted course, as one organisation has it. */
export interface OwnAccess {
  readonly slug: string;
  readonly title: string;
  /** For all its people, for units that its administrators choose, or not at all; a grant counts on its days alone. */
  readonly state: 'whole' | 'by-unit' | 'none';
  /** Its own grant, which may begin later. */
  readonly own: GrantFacts | null;
  readonly units: readonly GrantFacts[];
}

/** The restricted courses as an organisation has them, in the order of the catalogue: none that everyone may take. */
export async function ownAccess(
  organisation: Pick<OrganisationFacts, 'id' | 'timeZone'>,
  now: number,
): Promise<OwnAccess[]> {
  const today = dayOf(now, organisation.timeZone);
  const courses = await accessToCourses();
  return courses
    .filter(({ isRestricted, grants }) => isRestricted && !grants.some(({ isToEveryone }) => isToEveryone))
    .map(access => accessIn(access, organisation.id, today));
}

function accessIn({ slug, title, grants }: CourseAccess, organisationId: string, today: string): OwnAccess {
  const here = grants.filter(grant => grant.organisationId === organisationId);
  const own = here.find(({ unitId }) => unitId === '') ?? null;
  const counts = own !== null && countsOn(own, today);
  return {
    ...{ slug, title: title ?? slug, own },
    state: !counts ? 'none' : own.isByUnit ? 'by-unit' : 'whole',
    units: own?.isByUnit ? here.filter(({ unitId }) => unitId !== '') : [],
  };
}
