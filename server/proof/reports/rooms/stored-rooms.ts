import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { User } from '../../../people/accounts/tables.js';
import { Organisation } from '../../../people/organisations/tables.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { SealedFile } from '../tables.js';
import { AuditorRoom } from './tables.js';

const ROOM = sql`select ${columns(
  AuditorRoom,
  'r',
  ...([
    'id',
    'organisationId',
    'title',
    'email',
    'shows',
    'withScores',
    'requirementIds',
    'unitIds',
  ] as const),
  ...(['fromDay', 'lastDay', 'untilDay', 'madeBy', 'madeAt', 'fileId', 'tallies'] as const),
  ...(['openedAt', 'auditorId', 'enteredAt', 'endedAt'] as const),
)}, ${renamed(SealedFile, 'f', { fileState: 'state', done: 'done', total: 'total' })},
  ${renamed(SealedFile, 'f', { listSha256: 'sha256', people: 'rowCount', knownAt: 'knownAt', size: 'size', fileName: 'fileName' })},
  ${renamed(Organisation, 'o', { organisation: 'name', organisationKind: 'kind', timeZone: 'timeZone' })},
  ${orNull(renamed(User, 'k', { keeper: 'name', keeperEmail: 'email' }))},
  ${orNull(renamed(User, 'a', { auditor: 'name' }))}
  from ${AuditorRoom} r join ${SealedFile} f on f.id = r.file_id join ${Organisation} o on o.id = r.organisation_id
    left join ${User} k on k.id = r.made_by left join ${User} a on a.id = r.auditor_id`;

const read = async (which: ReturnType<typeof sql>, params: readonly (string | number)[]) =>
  (await rows(sql`${ROOM} ${which}`, params)).map(({ requirementIds, unitIds, withScores, ...room }) => ({
    ...room,
    withScores: Boolean(withScores),
    requirementIds: JSON.parse(requirementIds) as string[],
    unitIds: unitIds === null ? null : (JSON.parse(unitIds) as string[]),
  }));

/**
 * A room as it is stored. `people`, `listSha256`: of its sealed list, null until that is made; `knownAt`: when the list was asked
 * for (epoch ms). `keeper`: who made the room; `auditor`: the name of the auditor's account.
 */
export type StoredRoom = Awaited<ReturnType<typeof read>>[number];

/** The room with this id, or null. */
export const findRoom = async (id: string): Promise<StoredRoom | null> =>
  (await read(sql`where r.id = $1`, [id]))[0] ?? null;

/** The rooms of an organisation, the newest first. */
export const roomsOf = (organisationId: string): Promise<StoredRoom[]> =>
  read(sql`where r.organisation_id = $1 order by r.made_at desc, r.id limit 200`, [organisationId]);

/** The rooms of an auditor, the newest first. */
export const roomsOfAuditor = (userId: string): Promise<StoredRoom[]> =>
  read(sql`where r.auditor_id = $1 order by r.made_at desc, r.id limit 200`, [userId]);

/** The room to which a mailed link leads, or null. */
export const roomOfLink = async (token: string): Promise<StoredRoom | null> =>
  (await read(sql`where r.token_hash = $1`, [sha256(token)]))[0] ?? null;

/** Whether somebody ever was the auditor of a room. */
export const hasRooms = async (userId: string): Promise<boolean> =>
  (await row(
    sql`select ${columns(AuditorRoom, 'r', 'id')} from ${AuditorRoom} r where r.auditor_id = $1 limit 1`,
    [userId],
  )) !== null;
