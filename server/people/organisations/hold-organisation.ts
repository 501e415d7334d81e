import { row } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { toHold } from '../../platform/db/transaction.js';
import { TrainingPaused } from '../../errors.js';
import { goesOn } from './settings/pausing.js';
import { Organisation } from './tables.js';

/**
 * Whoever changes an organisation's units or the facts about its people takes turns here, until their transaction ends: a
 * unit is not closed while somebody is being placed in it. Throws `TrainingPaused` while its training is paused.
 */
export async function holdOrganisation(id: string): Promise<void> {
  const held = await row(sql`${HOLD}${toHold()}`, [id]);
  if (held && !goesOn('change', held)) throw new TrainingPaused(held.contact);
}

const HOLD = sql`select ${columns(Organisation, 'o', 'suspendedAt', 'contact')} from ${Organisation} o where o.id = $1`;
