import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { Certificate } from '../../certificates/tables.js';
import { Credit } from '../../../teaching/learning/credits/tables.js';
import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import { ChangedMembership, Organisation } from '../../../people/organisations/tables.js';
import type { Rule } from '../requirement-rule.js';
import { ReckoningMember, ReckoningRequirement, Requirement, RequirementVersion } from '../tables.js';
import { mendCounts } from './count-faults.js';
import { takeLane, type ReckoningLane } from './lane.js';
import { askForMembers, askForRequirements, nextPart } from './pending.js';
import { reckon } from './reckon.js';

/**
 * Reckon whatever changed in an organisation, part after part, until nothing is left. Where it is broken off, the next run goes
 * on from the part that was not done. Throws `Overtaken` when somebody else takes the lane; returns the lane.
 */
async function reckonPending(organisation: Zoned, clock: () => number): Promise<ReckoningLane> {
  const lane = await takeLane(organisation, clock());
  for (let part = await nextPart(lane); part; part = await nextPart(lane)) {
    await reckon(lane, part.of, clock());
    await part.done();
  }
  return lane;
}

/** Reckon a member, all of whose requirements may have changed, and whatever else waits in the organisation. */
export async function reckonChangedMember(
  organisationId: string | null,
  membershipId: string,
  clock: () => number,
): Promise<void> {
  const organisation = await requiring(organisationId);
  if (!organisation) return;
  await askForMembers(organisation.id, [membershipId]);
  await reckonPending(organisation, clock);
}

/** Reckon what changed of the people of an organisation. */
export async function reckonChanged(organisationId: string | null, clock: () => number): Promise<void> {
  const organisation = await requiring(organisationId);
  if (organisation) await reckonPending(organisation, clock);
}

/** Reckon a requirement for everybody. */
export async function reckonRequirement(
  organisationId: string | null,
  requirementId: string,
  clock: () => number,
): Promise<void> {
  const organisation = await requiring(organisationId);
  if (!organisation) return;
  await askForRequirements(organisation.id, [requirementId]);
  await reckonPending(organisation, clock);
}

const OF_CERTIFICATE = sql`select ${columns(Credit, 'c', 'membershipId', 'organisationId')} from ${Certificate} p
  join ${Credit} c on c.source = 'cycle' and c.source_id = p.cycle_id
  where p.id = $1 and exists (select 1 from ${Requirement} q where q.organisation_id = c.organisation_id)`;

/** A certificate prints its last day: reckon whoever holds the credit. */
export async function reckonPrinted(certificateId: string, clock: () => number): Promise<void> {
  for (const { membershipId, organisationId } of await rows(OF_CERTIFICATE, [certificateId]))
    await reckonChangedMember(organisationId, membershipId, clock);
}

const VERSIONS = sql`select ${columns(RequirementVersion, 'v', 'requirementId', 'rule')}
  from ${RequirementVersion} v where v.organisation_id = $1`;

/** Units moved: the requirements that name units may mean others, and people count in other units. */
export async function reckonTree(organisationId: string | null, clock: () => number): Promise<void> {
  const organisation = await requiring(organisationId);
  if (!organisation) return;
  const versions = await rows(VERSIONS, [organisation.id]);
  const naming = versions.filter(({ rule }) => (JSON.parse(rule) as Rule).audience.units.length > 0);
  await askForRequirements(organisation.id, [...new Set(naming.map(({ requirementId }) => requirementId))]);
  await mendCounts(await reckonPending(organisation, clock));
}

const LEFT = sql`select ${columns(Organisation, 'o', 'id', 'timeZone')} from ${Organisation} o
  where exists (select 1 from ${Requirement} q where q.organisation_id = o.id) and
    (exists (select 1 from ${ChangedMembership} c where c.organisation_id = o.id)
      or exists (select 1 from ${ReckoningMember} r where r.organisation_id = o.id)
      or exists (select 1 from ${ReckoningRequirement} p where p.organisation_id = o.id)) order by o.id`;

/** Reckon what is left anywhere, whatever became of the job that should have done it. */
export async function reckonLeft(clock: () => number): Promise<void> {
  for (const organisation of await rows(LEFT)) await reckonPending(organisation, clock);
}

const REQUIRING = sql`select ${columns(Organisation, 'o', 'id', 'timeZone')} from ${Organisation} o
  where o.id = $1 and exists (select 1 from ${Requirement} q where q.organisation_id = o.id)`;

/** An organisation that requires something; null: nothing is to be reckoned. */
const requiring = (organisationId: string | null): Promise<Zoned | null> =>
  row(REQUIRING, [organisationId ?? '']);
