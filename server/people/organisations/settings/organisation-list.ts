import { database } from '../../../platform/db/connect.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql, type Sql } from '../../../platform/db/sql.js';
import { foldedWords } from '../../../platform/lib/text/folding.js';
import { Organisation } from '../tables.js';

/** A search uses at most this many words. */
const MOST_ASKED = 6;

/**
 * Organisations in the order of their slugs, from the one after `after` (a slug) on, at most `limit`: all, or those that have
 * a word beginning with each word of `query`. Nobody is found by a query without a letter or a digit.
 */
export async function listOrganisations(query: string, after: string, limit: number) {
  const words = foldedWords(query).slice(0, MOST_ASKED);
  if (query.trim() !== '' && words.length === 0) return [];
  const found = words.map((_, at) => sql`and '-' || o.slug like $${at + 2}`).reduce(both, sql``);
  return rows(
    sql`select ${columns(Organisation, 'o', 'id', 'slug', 'name', 'kind', 'sector', 'country', 'suspendedAt')}
        from ${Organisation} o where o.slug${inBytes()} > $1 ${found} order by o.slug${inBytes()} limit ${limit}`,
    // A folded word holds letters and digits alone, so nothing in it stands for others.
    [after, ...words.map(word => `%-${word}%`)],
  );
}

const both = (some: Sql, more: Sql): Sql => sql`${some} ${more}`;

/** The order of bytes, in which both databases then go on after the same slug. */
const inBytes = (): Sql => (database().dialect === 'postgres' ? sql` collate "C"` : sql``);
