import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import { unitSpans } from '../../../people/organisations/units/stored-units.js';
import { unitsOn } from '../../../people/organisations/units/unit-tree.js';
import type { KnownInOrganisation } from './rule-faults.js';
import { requirementsOf } from './stored-requirements.js';
import { newestVersion } from './requirement-versions.js';

/** What a version of a requirement may name on its first day, and the other requirements beside it. */
export async function knownFor(
  { organisation, now }: { organisation: Pick<OrganisationFacts, 'id' | 'timeZone'>; now: number },
  { requirementId, fromDay }: { requirementId: string | null; fromDay: string },
): Promise<KnownInOrganisation> {
  const spans = await unitSpans(organisation.id);
  const requirements = await requirementsOf(organisation.id);
  const others = [...requirements].flatMap(([id, versions]) =>
    id === requirementId ? [] : (newestVersion(versions)?.rule ?? []),
  );
  return {
    today: dayOf(now, organisation.timeZone),
    openUnits: new Set(unitsOn(spans, fromDay).map(({ id }) => id)),
    units: new Set(spans.map(({ unitId }) => unitId)),
    courses: new Set((await currentCourses()).map(({ slug }) => slug)),
    others,
  };
}
