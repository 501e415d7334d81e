import { insert, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { jsonBytes, type JsonBytes } from './json-parts.js';
import type { TableRow } from './reading/roster-table.js';
import type { StoredVerdict } from './stored-verdicts.js';
import { RosterPart } from './tables.js';

const PART_OF = sql`select ${columns(RosterPart, 'p', 'tableRows', 'verdicts')} from ${RosterPart} p
  where p.roster_id = $1 and p.number = $2`;

/** One part of a roster; null where it has no such part, or its file was removed. */
export async function readPart(
  rosterId: string,
  number: number,
): Promise<{ rows: TableRow[]; verdicts: StoredVerdict[] } | null> {
  const found = await row(PART_OF, [rosterId, number]);
  if (!found) return null;
  return {
    rows: JSON.parse(found.tableRows) as TableRow[],
    verdicts: JSON.parse(found.verdicts ?? '[]') as StoredVerdict[],
  };
}

/** The rows of a file as they are stored. */
export async function storedRows(rosterId: string, parts: number): Promise<JsonBytes[]> {
  const found: JsonBytes[] = [];
  for (let number = 0; number < parts; number += 1)
    found.push(jsonBytes((await row(PART_OF, [rosterId, number]))?.tableRows ?? '[]'));
  return found;
}

/** Store the rows of a file. Joins the transaction. */
export async function insertRows(rosterId: string, parts: readonly string[]): Promise<void> {
  for (const [number, tableRows] of parts.entries())
    await insert(RosterPart, { rosterId, number, tableRows });
}

const WRITE = sql`update ${RosterPart} set verdicts = $1 where roster_id = $2 and number = $3`;
const FORGET = sql`delete from ${RosterPart} where roster_id = $1 and number >= $2`;

/** Store the verdicts of a preview in place of those before. Joins the transaction. */
export async function writeVerdicts(
  rosterId: string,
  { verdicts, leaves }: { verdicts: readonly string[]; leaves: readonly string[] },
): Promise<void> {
  for (const [number, text] of verdicts.entries()) await rows(WRITE, [text, rosterId, number]);
  await rows(FORGET, [rosterId, verdicts.length]);
  for (const [at, text] of leaves.entries())
    await insert(RosterPart, { rosterId, number: verdicts.length + at, tableRows: '[]', verdicts: text });
}

/** Store what an import found out about one part. Joins the transaction. */
export const writePart = (
  rosterId: string,
  number: number,
  verdicts: readonly StoredVerdict[],
): Promise<unknown> => rows(WRITE, [JSON.stringify(verdicts), rosterId, number]);

const COUNT = sql`select count(*) ${as('parts', integer())} from ${RosterPart} p where p.roster_id = $1`;

/** How many parts an import has to go through. */
export const countParts = async (rosterId: string): Promise<number> =>
  Number((await row(COUNT, [rosterId]))?.parts ?? 0);

/** Remove the rows of a roster, and everything that was said of them. Joins the transaction. */
export const removeParts = (rosterId: string): Promise<unknown> => rows(FORGET, [rosterId, 0]);
