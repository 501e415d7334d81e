import { insertAllOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { takeChanged } from '../../../people/organisations/people/changed-members.js';
import { Membership } from '../../../people/organisations/tables.js';
import { ReckoningMember, ReckoningRequirement } from '../tables.js';
import { inReckoningLane, type ReckoningLane } from './lane.js';
import type { Reckoned } from './stored-intervals.js';

/** Members of one part, each with all requirements; and of one part with only some. */
const [WITH_ALL, WITH_SOME] = [50, 250];

/** All requirements of these members are to be reckoned. */
export const askForMembers = (organisationId: string, membershipIds: readonly string[]): Promise<unknown> =>
  inTransaction(() =>
    insertAllOnce(
      ReckoningMember,
      membershipIds.map(membershipId => ({ membershipId, organisationId })),
    ),
  );

const ASK = sql`insert into ${ReckoningRequirement} (requirement_id, organisation_id, after) values ($1, $2, '')
  on conflict (requirement_id) do update set after = ''`;

/** These requirements are to be reckoned for everybody, from the first member on. */
export const askForRequirements = (
  organisationId: string,
  requirementIds: readonly string[],
): Promise<void> =>
  inTransaction(async () => {
    for (const id of requirementIds) await rows(ASK, [id, organisationId]);
  });

/** What is reckoned next, and what makes it done. */
export interface PendingPart {
  readonly of: Reckoned;
  readonly done: () => Promise<unknown>;
}

/** The next part of what is to be reckoned in an organisation; null: nothing is left. */
export const nextPart = async (lane: ReckoningLane): Promise<PendingPart | null> =>
  (await nextMembers(lane)) ?? (await nextOfRequirements(lane));

const MEMBERS = sql`select ${columns(ReckoningMember, 'r', 'membershipId')} from ${ReckoningMember} r
  where r.organisation_id = $1 order by r.membership_id limit ${WITH_ALL}`;

/** Changed members are noted among those to be reckoned first: a change that comes meanwhile is noted anew. */
async function nextMembers(lane: ReckoningLane): Promise<PendingPart | null> {
  const { id } = lane.organisation;
  await inReckoningLane(lane, async () => askForMembers(id, await takeChanged(id, WITH_ALL)));
  const membershipIds = (await rows(MEMBERS, [id])).map(({ membershipId }) => membershipId);
  if (membershipIds.length === 0) return null;
  const done = () =>
    rows(
      sql`delete from ${ReckoningMember} where membership_id in (${parameters(membershipIds.length)})`,
      membershipIds,
    );
  return { of: { membershipIds }, done: () => inReckoningLane(lane, done) };
}

const FURTHEST_BEHIND = sql`select ${columns(ReckoningRequirement, 'r', 'after')} from ${ReckoningRequirement} r
  where r.organisation_id = $1 order by r.after limit 1`;
const BEHIND = sql`select ${columns(ReckoningRequirement, 'r', 'requirementId')} from ${ReckoningRequirement} r
  where r.organisation_id = $1 and r.after = $2`;
const AFTER = sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m
  where m.organisation_id = $1 and m.id > $2 order by m.id limit ${WITH_SOME}`;

async function nextOfRequirements(lane: ReckoningLane): Promise<PendingPart | null> {
  const { id } = lane.organisation;
  const first = await row(FURTHEST_BEHIND, [id]);
  if (!first) return null;
  const requirementIds = (await rows(BEHIND, [id, first.after])).map(({ requirementId }) => requirementId);
  const found = (await rows(AFTER, [id, first.after])).map(each => each.id);
  const membershipIds = requirementIds.length > 5 ? found.slice(0, WITH_ALL) : found;
  const list = parameters(requirementIds.length, 2);
  const last = membershipIds.at(-1) ?? '';
  const done = () =>
    membershipIds.length === 0
      ? rows(
          sql`delete from ${ReckoningRequirement} where requirement_id in (${parameters(requirementIds.length)})`,
          requirementIds,
        )
      : rows(sql`update ${ReckoningRequirement} set after = $1 where requirement_id in (${list})`, [
          last,
          ...requirementIds,
        ]);
  return { of: { membershipIds, requirementIds }, done: () => inReckoningLane(lane, done) };
}
