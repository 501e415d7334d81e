import { User } from '../../../../people/accounts/tables.js';
import { insert, row, rows } from '../../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { newId } from '../../../../platform/lib/ids.js';
import { RoomRequest } from '../tables.js';

/** In which room something is asked or answered, by whom, and when (epoch ms). */
interface InRoom {
  readonly roomId: string;
  readonly organisationId: string;
  readonly actorId: string;
  readonly now: number;
}

/** Ask for something, about a person of the room (by number) or in general. A reaction tells who keeps the room. */
export const askInRoom = (
  { asks, number }: { asks: string; number: number | null },
  { roomId, organisationId, actorId, now }: InRoom,
): Promise<void> =>
  inTransaction(async () => {
    const id = newId();
    await insert(RoomRequest, { id, roomId, organisationId, number, asks, askedBy: actorId, askedAt: now });
    await record('room.asked', { roomId, requestId: id }, { actorId, organisationId, now });
  });

const ANSWER = sql`update ${RoomRequest} set answer = $1, answered_by = $2, answered_at = $3
  where id = $4 and room_id = $5 and answered_at is null and closed_at is null returning 1 as answered`;

/** Answer a request, once. A reaction tells the auditor. False: it was answered or closed meanwhile. */
export const answerRequest = (
  { requestId, answer }: { requestId: string; answer: string },
  { roomId, organisationId, actorId, now }: InRoom,
): Promise<boolean> =>
  inTransaction(async () => {
    if ((await rows(ANSWER, [answer, actorId, now, requestId, roomId])).length === 0) return false;
    await record('room.answered', { roomId, requestId }, { actorId, organisationId, now });
    return true;
  });

const CLOSE = sql`update ${RoomRequest} set closed_by = $1, closed_at = $2
  where id = $3 and room_id = $4 and closed_at is null returning 1 as closed`;

/** Close a request: nothing more is expected. Twice is once. */
export const closeRequest = (
  requestId: string,
  { roomId, organisationId, actorId, now }: InRoom,
): Promise<void> =>
  inTransaction(async () => {
    if ((await rows(CLOSE, [actorId, now, requestId, roomId])).length === 0) return;
    await record('room.request-closed', { roomId, requestId }, { actorId, organisationId, now });
  });

const REQUESTS = sql`select ${columns(RoomRequest, 'q', 'id', 'number', 'asks', 'askedAt', 'answer', 'answeredAt', 'closedAt')},
    ${columns(RoomRequest, 'q', 'answeredBy')}, ${orNull(renamed(User, 'u', { answeredByName: 'name' }))}
  from ${RoomRequest} q left join ${User} u on u.id = q.answered_by
  where q.room_id = $1`;

/** The requests of a room, the newest first. */
export const requestsIn = (roomId: string) =>
  rows(sql`${REQUESTS} order by q.asked_at desc, q.id limit 500`, [roomId]);

/** What an auditor asked for, and what came of it. */
export type StoredRequest = Awaited<ReturnType<typeof requestsIn>>[number];

/** One request of a room, or null. */
export const requestIn = (roomId: string, requestId: string): Promise<StoredRequest | null> =>
  row(sql`${REQUESTS} and q.id = $2`, [roomId, requestId]);
