import { rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { visibleRows } from '../../people/organisations/reach.js';
import type { Actor } from '../../policy.js';
import { Certificate } from './tables.js';

const SIGNED = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.organisation_id = $1 and c.issued_at is not null and c.superseded_at is null`;

const AFTER = sql`and (c.awarded_at, c.id) < (select awarded_at, id from ${Certificate} where id = $3)`;

/**
 * The ids of the signed certificates of those people of an organisation whom `actor` may see, newest first, without
 * superseded ones; at most `limit`, and only those after the certificate `after` when it is given.
 */
export async function certificatesIn(
  organisationId: string,
  actor: Actor,
  { limit, after }: { limit: number; after: string | null },
): Promise<string[]> {
  const own = [organisationId, limit, ...(after ? [after] : [])];
  const { condition, params } = await visibleRows(actor, { alias: sql`c`, first: own.length + 1 });
  const query = sql`${SIGNED} ${after ? AFTER : sql``} and ${condition}
    order by c.awarded_at desc, c.id desc limit $2`;
  return (await rows(query, [...own, ...params])).map(({ id }) => id);
}
