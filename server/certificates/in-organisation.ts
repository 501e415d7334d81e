import { rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { Certificate } from './tables.js';

const SIGNED = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.organisation_id = $1 and c.issued_at is not null and c.superseded_at is null`;

const AFTER = sql`and (c.awarded_at, c.id) < (select awarded_at, id from ${Certificate} where id = $3)`;

const NEWEST = sql`order by c.awarded_at desc, c.id desc limit $2`;

const FIRST_PAGE = sql`${SIGNED} ${NEWEST}`;
const NEXT_PAGE = sql`${SIGNED} ${AFTER} ${NEWEST}`;

/**
 * The ids of the signed certificates of an organisation that have not been superseded, newest first; at most `limit`, and
 * only those after the certificate `after` when it is given.
 */
export async function certificatesIn(
  organisationId: string,
  { limit, after }: { limit: number; after: string | null },
): Promise<string[]> {
  const params = [organisationId, limit];
  const found = after ? rows(NEXT_PAGE, [...params, after]) : rows(FIRST_PAGE, params);
  return (await found).map(({ id }) => id);
}
