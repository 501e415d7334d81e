import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { OpenRoom } from './open-room.js';
import { RoomReading } from './tables.js';

/** What was opened: a kind of page, and whose, of which day, from which to which, or ''. */
export type OpenedPage = Pick<Row<typeof RoomReading>, 'page' | 'about'>;

/** Write down what the auditor opens: once a day for each page, person and day that is looked at. A preview is no reading. */
export async function noteReading(
  { room, isPreview }: OpenRoom,
  { page, about }: OpenedPage,
  now: number,
): Promise<void> {
  if (isPreview) return;
  const read = { day: dayOf(now, room.timeZone), page, about: about.slice(0, 80), readAt: now };
  await inTransaction(() =>
    insertOnce(RoomReading, { roomId: room.id, organisationId: room.organisationId, ...read }),
  );
}

const READINGS = sql`select ${columns(RoomReading, 'g', 'page', 'about', 'readAt')} from ${RoomReading} g
  where g.room_id = $1 and g.read_at < $2 order by g.read_at desc limit $3`;

/** What was read in a room, the newest first, before a moment (epoch ms). */
export const readingsOf = (roomId: string, { before, limit }: { before: number; limit: number }) =>
  rows(READINGS, [roomId, before, limit]);
