import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import type { RequirementFacts } from '../requirement-facts.js';
import { memberKnown, NOW, unitsKnown } from '../timeline/as-known.js';
import { loadAssignments } from './load-assignments.js';
import { loadHistories } from './load-histories.js';
import { loadUnitParents } from './load-units.js';

/**
 * All that decides about one requirement on each of these memberships, as we say it now. `requirementId` null: one that is not
 * there yet, of which nothing is said. Memberships of other organisations are left out.
 */
export async function loadFacts(
  organisation: Zoned,
  { requirementId, membershipIds }: { requirementId: string | null; membershipIds: readonly string[] },
): Promise<Map<string, RequirementFacts>> {
  if (requirementId === null) return newcomers(organisation, membershipIds);
  const requirementIds = [requirementId];
  const loaded = await loadAssignments(organisation, { membershipIds, requirementIds, forAnyRule: true });
  return new Map(loaded.map(({ membershipId, facts }) => [membershipId, facts]));
}

/** As `loadFacts` of one membership, with all that we ever said: `asKnown` tells what we say now, or said at a moment. */
export async function loadEverSaid(
  organisation: Zoned,
  { requirementId, membershipId }: { requirementId: string; membershipId: string },
): Promise<RequirementFacts | null> {
  const [loaded] = await loadAssignments(organisation, {
    ...{ membershipIds: [membershipId], requirementIds: [requirementId] },
    ...{ forAnyRule: true, everSaid: true },
  });
  return loaded?.facts ?? null;
}

async function newcomers(organisation: Zoned, membershipIds: readonly string[]) {
  const histories = await loadHistories(organisation, membershipIds);
  const units = unitsKnown(await loadUnitParents(organisation.id), NOW);
  const nothing = { timeZone: organisation.timeZone, versions: [], units, marks: [], exemptions: [] };
  return new Map(
    [...histories].map(([id, history]) => [id, { ...nothing, member: memberKnown(history, NOW) }]),
  );
}
