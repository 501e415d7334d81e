import { rows } from '../../db/rows.js';
import { columns, notNull, parameters, sql } from '../../db/sql.js';
import { endSessionsOf } from '../../http/security/sessions.js';
import { chunks } from '../../lib/lists/chunks.js';
import { Membership } from '../tables.js';

/**
 * End the sessions of those of these people who have no membership left that is not ended. Joins the transaction in which
 * they left.
 */
export async function endSessionsOfLeavers(userIds: readonly string[]): Promise<void> {
  for (const part of chunks(userIds, 1_000)) {
    const staying = new Set((await stillMembers(part)).map(({ userId }) => userId));
    for (const userId of part) if (!staying.has(userId)) await endSessionsOf(userId);
  }
}

const stillMembers = (userIds: readonly string[]) =>
  rows(
    sql`select ${notNull(columns(Membership, 'm', 'userId'))} from ${Membership} m
        where m.user_id in (${parameters(userIds.length)}) and m.employment <> 'left'`,
    userIds,
  );
