import { insert, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { NotificationCount } from './tables.js';

/** One notification, as it is counted. Days are in the organisation's zone; null: not told. */
export type CountedNotification = Readonly<
  Pick<Row<typeof NotificationCount>, 'id' | 'day' | 'source' | 'hotlineOn' | 'policeOn' | 'recordedAt'>
>;

/** Whose notification it is, who enters it, and when (epoch ms). */
interface EnteredFor {
  readonly organisationId: string;
  readonly actorId: string;
  readonly now: number;
}

/** Count a notification of a possible victim. */
export const enterNotification = (
  counted: Omit<CountedNotification, 'id' | 'recordedAt'>,
  { organisationId, actorId, now }: EnteredFor,
): Promise<void> =>
  inTransaction(async () => {
    const id = newId();
    await insert(NotificationCount, { id, organisationId, ...counted, recordedAt: now, actorId });
    await record('notification-count.entered', { countId: id, ...counted }, { organisationId, actorId, now });
  });

const RETIRE = sql`update ${NotificationCount} set retired_at = $1, retired_by = $2
  where id = $3 and organisation_id = $4 and retired_at is null returning 1 as known`;

/** Take back what was entered in error; reports that are sealed keep it. Returns whether it was counted. */
export const removeNotification = (
  countId: string,
  { organisationId, actorId, now }: EnteredFor,
): Promise<boolean> =>
  inTransaction(async () => {
    const found = await rows(RETIRE, [now, actorId, countId, organisationId]);
    if (found.length === 0) return false;
    await record('notification-count.removed', { countId }, { organisationId, actorId, now });
    return true;
  });

/**
 * The notifications of an organisation from a day to another (both included), as we said it at `knownAt` (epoch ms), in the order
 * of their days.
 */
export const notificationsIn = (
  organisationId: string,
  { from, last, knownAt }: { from: string; last: string; knownAt: number },
): Promise<CountedNotification[]> =>
  rows(
    sql`select ${columns(NotificationCount, 'n', 'id', 'day', 'source', 'hotlineOn', 'policeOn', 'recordedAt')}
        from ${NotificationCount} n where n.organisation_id = $1 and n.day >= $2 and n.day <= $3 and n.recorded_at <= $4
          and (n.retired_at is null or n.retired_at > $4) order by n.day, n.recorded_at, n.id`,
    [organisationId, from, last, knownAt],
  );
