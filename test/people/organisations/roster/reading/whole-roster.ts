import { readRoster } from '../../../../../server/people/organisations/roster/reading/read-roster.js';
import type { TableRow } from '../../../../../server/people/organisations/roster/reading/roster-table.js';

/** A roster with all of its rows, or why it is not taken. */
export async function wholeRoster(bytes: Buffer) {
  const rows: TableRow[] = [];
  const read = await readRoster(bytes, row => void rows.push(row));
  return read.ok ? { ...read, table: { ...read.table, rows } } : read;
}
