import { row } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { toHold } from '../db/transaction.js';
import { Organisation } from './tables.js';

/**
 * Whoever changes an organisation's units or the facts about its people takes turns here, until their transaction ends: a
 * unit is not closed while somebody is being placed in it.
 */
export const holdOrganisation = (id: string): Promise<unknown> =>
  row(sql`select ${columns(Organisation, 'o', 'id')} from ${Organisation} o where o.id = $1${toHold()}`, [
    id,
  ]);
