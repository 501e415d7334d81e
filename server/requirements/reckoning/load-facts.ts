import type { OrganisationFacts } from '../../organisations/memberships.js';
import type { RequirementFacts, VersionFacts } from '../requirement-facts.js';
import { versionsOf } from '../rules/stored-requirements.js';
import { loadDecisions } from './load-decisions.js';
import { loadHistories } from './load-histories.js';
import { loadUnitParents } from './load-units.js';

/**
 * All that decides about one requirement on each of these memberships, whatever was said of it and when: with a handful of
 * statements for up to 500 of them. Memberships of other organisations are left out.
 */
export async function loadFacts(
  { id, timeZone }: Pick<OrganisationFacts, 'id' | 'timeZone'>,
  { requirementId, membershipIds }: { requirementId: string | null; membershipIds: readonly string[] },
): Promise<Map<string, RequirementFacts>> {
  const versions = requirementId === null ? [] : (await versionsOf(id, requirementId)).map(asFacts);
  const histories = await loadHistories({ id, timeZone }, membershipIds);
  const decisions = await loadDecisions(requirementId, membershipIds);
  const units = await loadUnitParents(id);
  const facts = [...histories].map(([membershipId, member]) => {
    const { marks = [], exemptions = [] } = decisions.get(membershipId) ?? {};
    return [membershipId, { timeZone, versions, member, units, marks, exemptions }] as const;
  });
  return new Map(facts);
}

const asFacts = ({ id, number, fromDay, recordedAt, rule, undoes }: Stored): VersionFacts => ({
  ...{ id, number, fromDay, recordedAt, rule, undoes },
});

type Stored = Awaited<ReturnType<typeof versionsOf>>[number];
