import { rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import type { Zoned } from '../../organisations/people/stored-members.js';
import type { RequirementFacts, VersionFacts } from '../requirement-facts.js';
import type { Rule } from '../requirement-rule.js';
import { AssignmentMark, Exemption, RequirementVersion } from '../tables.js';
import { standingVersions } from '../rules/requirement-versions.js';
import { memberKnown, NOW, unitsKnown } from '../timeline/as-known.js';
import { coursesOf } from '../timeline/break-days.js';
import { groupedBy } from './grouped.js';
import { loadHistories } from './load-histories.js';
import { loadUnitParents } from './load-units.js';

/** One requirement on one membership, with all that decides about it, as we say it now. */
export interface LoadedAssignment {
  readonly requirementId: string;
  readonly membershipId: string;
  readonly facts: RequirementFacts;
}

interface Wanted {
  readonly membershipIds: readonly string[];
  readonly requirementIds?: readonly string[];
  /** Also the credits for which no version asks: a rule that is tried may. */
  readonly allCredits?: boolean;
}

/**
 * Every requirement of an organisation, or some, on each of these memberships: with a handful of statements for up to 500 of
 * them. Memberships of other organisations are left out.
 */
export async function loadAssignments(
  organisation: Zoned,
  { membershipIds, requirementIds, allCredits }: Wanted,
): Promise<LoadedAssignment[]> {
  const versions = [...(await versionsIn(organisation.id))].filter(
    ([id]) => !requirementIds || requirementIds.includes(id),
  );
  if (versions.length === 0 || membershipIds.length === 0) return [];
  const rules = versions.flatMap(([, known]) => known.map(({ rule }) => rule));
  const courses = allCredits ? undefined : [...coursesOf(rules)];
  const members = [...(await loadHistories(organisation, membershipIds, courses))];
  const [marks, exemptions] = [await marksOf(membershipIds), await exemptionsOf(membershipIds)];
  const units = unitsKnown(await loadUnitParents(organisation.id), NOW);
  return members.flatMap(([membershipId, history]) => {
    const member = memberKnown(history, NOW);
    return versions.map(([requirementId, known]) => ({
      requirementId,
      membershipId,
      facts: {
        ...{ timeZone: organisation.timeZone, versions: known, member, units },
        marks: marks.get(keyOf({ requirementId, membershipId })) ?? [],
        exemptions: exemptions.get(keyOf({ requirementId, membershipId })) ?? [],
      },
    }));
  });
}

/** The key of an assignment before it has an id. */
export const keyOf = ({
  requirementId,
  membershipId,
}: {
  requirementId: string;
  membershipId: string;
}): string => `${requirementId} ${membershipId}`;

const VERSIONS = sql`select
    ${columns(RequirementVersion, 'v', 'id', 'requirementId', 'number', 'fromDay', 'rule', 'undoes', 'recordedAt')}
  from ${RequirementVersion} v where v.organisation_id = $1 order by v.requirement_id, v.number`;

/** The versions of each requirement of an organisation, as we say them now. */
async function versionsIn(organisationId: string): Promise<Map<string, VersionFacts[]>> {
  const found = (await rows(VERSIONS, [organisationId])).map(({ rule, ...version }) => ({
    ...version,
    rule: JSON.parse(rule) as Rule,
  }));
  return new Map(
    [...groupedBy(found, 'requirementId')].map(([id, versions]) => [id, standingVersions(versions)]),
  );
}

async function marksOf(membershipIds: readonly string[]) {
  const found = await rows(
    sql`select ${columns(AssignmentMark, 'x', 'requirementId', 'membershipId', 'mark', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
        from ${AssignmentMark} x where x.retired_at is null and x.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return groupedBy(
    found.map(({ mark, ...each }) => ({ ...each, value: mark, key: keyOf(each) })),
    'key',
  );
}

async function exemptionsOf(membershipIds: readonly string[]) {
  const found = await rows(
    sql`select ${columns(Exemption, 'x', 'requirementId', 'membershipId', 'id', 'kind', 'fromDay', 'toDay', 'dueDay', 'recordedAt', 'retiredAt')}
        from ${Exemption} x where x.retired_at is null and x.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return groupedBy(
    found.map(each => ({ ...each, key: keyOf(each) })),
    'key',
  );
}
