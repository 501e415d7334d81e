import { database } from '../../../platform/db/connect.js';
import { LOCKS } from '../../../platform/db/locks.js';
import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';

/**
 * Whoever signs something that is stored (an entry of the ledger, a version of a list, a head) or changes keys takes turns
 * here until the transaction ends. (SQLite has only one writer anyway.)
 */
export async function takeSigningTurn(): Promise<void> {
  if (database().dialect === 'postgres') await rows(sql`select pg_advisory_xact_lock(${LOCKS.signing})`);
}
