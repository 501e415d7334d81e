import { insert, row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { newId } from '../../../../platform/lib/ids.js';
import { linkToken, sha256 } from '../../../../platform/lib/tokens.js';
import { findOrganisation } from '../../../../people/organisations/memberships.js';
import { newestVersion } from '../../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../../requirements/rules/stored-requirements.js';
import { requireRunning } from '../../../../people/organisations/settings/suspension.js';
import { askForFile } from '../../sealed/sealed-files.js';
import { listName } from './about-list.js';
import type { AskedRoom } from './room-form.js';
import { SEALED_LIST } from './sealed-list.js';
import { AuditorRoom } from '../tables.js';

/** In which organisation something is done to a room, by whom, and when (epoch ms). */
export interface RoomKeeping {
  readonly organisationId: string;
  readonly actorId: string;
  readonly now: number;
}

/** Make a room and ask for its list. Nobody else sees it until it is opened. Returns its id. Throws `TrainingPaused`. */
export const makeRoom = (
  { requirementIds, unitIds, ...asked }: AskedRoom,
  { organisationId, actorId, now, key }: RoomKeeping & { readonly key: Buffer },
): Promise<string> =>
  inTransaction(async () => {
    await requireRunning(organisationId, 'change');
    const id = newId();
    const called = await listCalled(organisationId, { requirementIds, day: asked.lastDay });
    const params = { roomId: id, called };
    const fileId = await askForFile(SEALED_LIST, { organisationId, params }, { actorId, now });
    await insert(AuditorRoom, {
      ...{ id, organisationId, ...asked, fileId },
      requirementIds: JSON.stringify(requirementIds),
      unitIds: unitIds && JSON.stringify(unitIds),
      tokenHash: sha256(linkToken(key, id)),
      ...{ madeBy: actorId, madeAt: now },
    });
    await record('room.made', { roomId: id }, { actorId, organisationId, now });
    return id;
  });

async function listCalled(
  organisationId: string,
  { requirementIds, day }: { readonly requirementIds: readonly string[]; readonly day: string },
): Promise<string> {
  const all = await requirementsOf(organisationId);
  const titles = requirementIds.flatMap(id => newestVersion(all.get(id) ?? [])?.title ?? []);
  return listName((await findOrganisation(organisationId))?.name ?? '', titles, day);
}

const OPEN = sql`update ${AuditorRoom} set opened_at = $1 where id = $2 and opened_at is null and ended_at is null
  returning ${columns(AuditorRoom, AuditorRoom.table, 'id')}`;

/** Open a room whose list is made: a reaction mails the link to the auditor. Twice is once. */
export const openRoom = (roomId: string, { organisationId, actorId, now }: RoomKeeping): Promise<void> =>
  inTransaction(async () => {
    await requireRunning(organisationId, 'change');
    if (!(await row(OPEN, [now, roomId]))) return;
    await record('room.opened', { roomId }, { actorId, organisationId, now });
  });

/** Mail the link of an open room again. */
export const inviteAgain = (roomId: string, { organisationId, actorId, now }: RoomKeeping): Promise<void> =>
  inTransaction(() => record('room.invited-again', { roomId }, { actorId, organisationId, now }));

const END = sql`update ${AuditorRoom} set ended_at = $1, ended_by = $2 where id = $3 and ended_at is null
  returning ${columns(AuditorRoom, AuditorRoom.table, 'id')}`;

/** End a room before its day, or one that was never opened. What was asked and read in it stays. Twice is once. */
export const endRoom = (roomId: string, { organisationId, actorId, now }: RoomKeeping): Promise<void> =>
  inTransaction(async () => {
    if (!(await row(END, [now, actorId, roomId]))) return;
    await record('room.ended', { roomId }, { actorId, organisationId, now });
  });

const ENTER = sql`update ${AuditorRoom} set auditor_id = $1, entered_at = $2
  where id = $3 and auditor_id is null and ended_at is null returning ${columns(AuditorRoom, AuditorRoom.table, 'id', 'organisationId')}`;

/** Make somebody, who proved the address of the room, its auditor. Of any number of simultaneous uses one succeeds. */
export const enterRoom = (
  roomId: string,
  { userId, now }: { userId: string; now: number },
): Promise<boolean> =>
  inTransaction(async () => {
    const [entered] = await rows(ENTER, [userId, now, roomId]);
    if (!entered) return false;
    const { organisationId } = entered;
    await record('room.entered', { roomId, userId }, { actorId: userId, organisationId, now });
    return true;
  });
