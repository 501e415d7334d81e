import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import type { RequirementFacts, UnitParents, VersionFacts } from '../requirement-facts.js';
import type { Rule } from '../requirement-rule.js';
import { AssignmentMark, Exemption, RequirementVersion } from '../tables.js';
import { standingVersions } from '../rules/requirement-versions.js';
import { memberKnown, NOW, unitsKnown } from '../timeline/as-known.js';
import { coursesOf } from '../timeline/break-days.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';
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
  /** Also the credits and the units for which no version asks: a rule that is tried may. */
  readonly forAnyRule?: boolean;
  /** Also what we do not say any more: then the facts have to go through `asKnown`. */
  readonly everSaid?: boolean;
}

/**
 * Every requirement of an organisation, or some, on each of these memberships, as we say it now: with a handful of statements
 * for up to 500 of them. Memberships of other organisations are left out.
 */
export async function loadAssignments(
  organisation: Zoned,
  { membershipIds, requirementIds, forAnyRule, everSaid = false }: Wanted,
): Promise<LoadedAssignment[]> {
  const versions = [...(await versionsIn(organisation.id, everSaid))].filter(
    ([id]) => !requirementIds || requirementIds.includes(id),
  );
  if (versions.length === 0 || membershipIds.length === 0) return [];
  const rules = versions.flatMap(([, known]) => known.map(({ rule }) => rule));
  const courses = forAnyRule ? undefined : [...coursesOf(rules)];
  const asksUnits = forAnyRule || rules.some(({ audience }) => audience.units.length > 0);
  const members = [...(await loadHistories(organisation, membershipIds, courses))];
  const marks = await marksOf(membershipIds, everSaid);
  const exemptions = await exemptionsOf(membershipIds, everSaid);
  const parents = asksUnits ? await loadUnitParents(organisation.id) : NO_UNITS;
  const units = everSaid ? parents : unitsKnown(parents, NOW);
  return members.flatMap(([membershipId, history]) => {
    const member = everSaid ? history : memberKnown(history, NOW);
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

const NO_UNITS: UnitParents = new Map();

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

/** The versions of each requirement of an organisation, as we say them now or ever said them. */
async function versionsIn(organisationId: string, everSaid: boolean): Promise<Map<string, VersionFacts[]>> {
  const found = (await rows(VERSIONS, [organisationId])).map(({ rule, ...version }) => ({
    ...version,
    rule: JSON.parse(rule) as Rule,
  }));
  const all = groupedBy(found, 'requirementId');
  if (everSaid) return all;
  return new Map([...all].map(([id, versions]) => [id, standingVersions(versions)]));
}

const said = (everSaid: boolean) => (everSaid ? sql`` : sql`x.retired_at is null and`);

async function marksOf(membershipIds: readonly string[], everSaid: boolean) {
  const found = await rows(
    sql`select ${columns(AssignmentMark, 'x', 'requirementId', 'membershipId', 'mark', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
        from ${AssignmentMark} x where ${said(everSaid)} x.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return groupedBy(
    found.map(({ mark, ...each }) => ({ ...each, value: mark, key: keyOf(each) })),
    'key',
  );
}

async function exemptionsOf(membershipIds: readonly string[], everSaid: boolean) {
  const found = await rows(
    sql`select ${columns(Exemption, 'x', 'requirementId', 'membershipId', 'id', 'kind', 'fromDay', 'toDay', 'dueDay', 'recordedAt', 'retiredAt')}
        from ${Exemption} x where ${said(everSaid)} x.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return groupedBy(
    found.map(each => ({ ...each, key: keyOf(each) })),
    'key',
  );
}
