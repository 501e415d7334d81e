import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { RequirementVersion } from '../tables.js';
import { ruleFrom } from './rule-schema.js';
import type { StoredVersion } from './requirement-versions.js';

const VERSIONS = sql`select
    ${columns(RequirementVersion, 'v', 'id', 'requirementId', 'number', 'title', 'fromDay', 'rule')},
    ${columns(RequirementVersion, 'v', 'undoes', 'recordedAt', 'actorId')}, ${orNull(renamed(User, 'u', { actorName: 'name' }))}
  from ${RequirementVersion} v left join ${User} u on u.id = v.actor_id where v.organisation_id = $1`;

/** All versions of one requirement of an organisation, in their order; none: the organisation has no such requirement. */
export const versionsOf = async (organisationId: string, requirementId: string): Promise<StoredVersion[]> =>
  (
    await rows(sql`${VERSIONS} and v.requirement_id = $2 order by v.number`, [organisationId, requirementId])
  ).map(parsed);

/** All versions of every requirement of an organisation, by requirement, the oldest requirement first. */
export async function requirementsOf(organisationId: string): Promise<Map<string, StoredVersion[]>> {
  const found = (await rows(sql`${VERSIONS} order by v.recorded_at, v.number`, [organisationId])).map(parsed);
  const requirements = new Map<string, StoredVersion[]>();
  for (const version of found)
    requirements.set(version.requirementId, [...(requirements.get(version.requirementId) ?? []), version]);
  return requirements;
}

const parsed = <V extends { readonly rule: string }>({ rule, ...version }: V) => ({
  ...version,
  rule: ruleFrom(rule),
});
