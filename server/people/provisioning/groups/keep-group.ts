import { insert, insertList, listed, rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newOrderedId } from '../../../platform/lib/ids.js';
import { foldedText } from '../../../platform/lib/text/folding.js';
import { holdOrganisation } from '../../organisations/hold-organisation.js';
import { ScimFault, wrong } from '../protocol/scim-fault.js';
import type { GroupChange } from '../protocol/told-group.js';
import type { Directory } from '../settings/directories.js';
import { ProvisionedGroup, ProvisionedGroupMember } from '../tables.js';
import { settleGroup } from './settle-groups.js';
import { findGroup, knownPeople, type StoredGroup } from './stored-groups.js';

/** As `findGroup`; throws 404 where there is none. */
export async function groupToChange(id: unknown, { organisation }: Directory): Promise<StoredGroup> {
  const group = await findGroup(organisation.id, id);
  if (!group) throw new ScimFault('There is no group with this id', 404);
  return group;
}

/** Takes a group in. It means nothing until an administrator says what. Returns its id. */
export const keepNewGroup = (change: GroupChange, directory: Directory): Promise<string> =>
  inTransaction(async () => {
    const { organisation, now } = directory;
    await holdOrganisation(organisation.id);
    const id = newOrderedId(now);
    const name = change.displayName ?? '';
    await insert(ProvisionedGroup, {
      ...{ id, organisationId: organisation.id, displayName: name, foldedName: foldedText(name) },
      ...{ externalId: change.externalId ?? null, createdAt: now, changedAt: now },
    });
    await changeMembersOf({ id, means: null }, change, directory);
    await tell('provisioning.group-added', id, directory);
    return id;
  });

const WRITE = sql`update ${ProvisionedGroup} set display_name = $1, folded_name = $2, external_id = $3,
  changed_at = case when changed_at < $4 then $4 else changed_at + 1 end where id = $5`;

/** Changes a group: its name, and who is in it. What that means for people follows at once, for large groups within minutes. */
export const keepGroup = (group: StoredGroup, change: GroupChange, directory: Directory): Promise<void> =>
  inTransaction(async () => {
    const { organisation, now } = directory;
    await holdOrganisation(organisation.id);
    const name = change.displayName ?? group.displayName;
    const externalId = change.externalId === undefined ? group.externalId : change.externalId;
    await rows(WRITE, [name, foldedText(name), externalId, now, group.id]);
    await changeMembersOf(group, change, directory);
    await tell('provisioning.group-changed', group.id, directory);
    if (group.means !== null) await settleGroup(group.id, now);
  });

const LEAVE = sql`update ${ProvisionedGroupMember} set is_leaving = true, is_open = true where group_id = $1`;

async function changeMembersOf(
  { id: groupId, means }: Pick<StoredGroup, 'id' | 'means'>,
  change: GroupChange,
  { organisation }: Directory,
) {
  const { only, added, removed } = change;
  if (only !== null)
    await rows(sql`${LEAVE} and person_id not in (select value ->> 0 from ${listed(2)} as list)`, [
      groupId,
      asList(only),
    ]);
  if (removed.size > 0)
    await rows(sql`${LEAVE} and person_id in (select value ->> 0 from ${listed(2)} as list)`, [
      groupId,
      asList(removed),
    ]);
  const joining = [...new Set([...(only ?? []), ...added])].filter(id => !removed.has(id));
  if (joining.length === 0) return;
  const known = await knownPeople(organisation.id, joining);
  if (known.length < joining.length)
    throw wrong('invalidValue', 'A group has members that the directory has not added here');
  const stay = sql`on conflict (group_id, person_id) do update set is_leaving = false, is_open = true`;
  await insertList(
    ProvisionedGroupMember,
    known.map(personId => ({ groupId, personId, isOpen: means !== null })),
    stay,
  );
}

const asList = (ids: ReadonlySet<string>): string => JSON.stringify([...ids].map(id => [id]));

const EMPTY = sql`delete from ${ProvisionedGroupMember} where group_id = $1`;
const DROP = sql`delete from ${ProvisionedGroup} where id = $1`;

/** Removes a group, and takes away what it gave. */
export const removeGroup = (group: StoredGroup, directory: Directory): Promise<void> =>
  inTransaction(async () => {
    await holdOrganisation(directory.organisation.id);
    await rows(LEAVE, [group.id]);
    while ((await settleGroup(group.id, directory.now)) > 0);
    await rows(EMPTY, [group.id]);
    await rows(DROP, [group.id]);
    await tell('provisioning.group-removed', group.id, directory);
  });

const tell = (
  name: 'provisioning.group-added' | 'provisioning.group-changed' | 'provisioning.group-removed',
  groupId: string,
  { organisation, tokenId, now }: Directory,
): Promise<void> =>
  record(name, { groupId, tokenId }, { actorId: null, organisationId: organisation.id, now });
