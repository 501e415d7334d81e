import { database } from '../../platform/db/connect.js';
import { rows } from '../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../platform/db/sql.js';
import { Certificate } from './tables.js';

/**
 * The ids of people who hold a certificate of an organisation whose number begins with `code` (`codeBeginning`), at most
 * `limit`.
 */
export async function holdersByCode(
  organisationId: string,
  code: string,
  limit: number,
): Promise<readonly string[]> {
  const found = await rows(numberBegins(), [code, `${code}\u{10ffff}`, organisationId, limit]);
  return found.map(({ userId }) => userId);
}

/** Few numbers begin alike, and an organisation may have most certificates: SQLite would go through all of them by its index. */
export const numberBegins =
  () => sql`select distinct ${columns(Certificate, 'c', 'userId')} from ${Certificate} c
  where c.code${inBytes()} >= $1 and c.code${inBytes()} < $2 and c.organisation_id || '' = $3 limit $4`;

/** Texts with the same beginning are one range only in the order of their bytes, which SQLite uses anyway. */
const inBytes = (): Sql => (database().dialect === 'postgres' ? sql` collate "C"` : sql``);
