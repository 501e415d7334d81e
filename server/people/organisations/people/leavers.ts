import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, parameters, sql } from '../../../platform/db/sql.js';
import { endSessionsAt, endSessionsOf } from '../../../platform/http/security/sessions.js';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { Membership, Organisation } from '../tables.js';

/**
 * End the sessions of these people that began at the door of the organisation that they left; and all sessions of those who have no
 * employer left. That they belong to the open organisation, too, keeps nobody in. Joins the transaction in which they left.
 */
export async function endSessionsOfLeavers(
  userIds: readonly string[],
  organisationId: string,
): Promise<void> {
  for (const part of chunks(userIds, 1_000)) {
    const staying = new Set((await stillEmployed(part)).map(({ userId }) => userId));
    for (const userId of part)
      await (staying.has(userId) ? endSessionsAt(organisationId, userId) : endSessionsOf(userId));
  }
}

const stillEmployed = (userIds: readonly string[]) =>
  rows(
    sql`select ${notNull(columns(Membership, 'm', 'userId'))} from ${Membership} m
          join ${Organisation} o on o.id = m.organisation_id and o.kind <> 'open'
        where m.user_id in (${parameters(userIds.length)}) and m.employment <> 'left'`,
    userIds,
  );
