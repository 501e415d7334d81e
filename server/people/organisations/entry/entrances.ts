import { randomInt } from 'node:crypto';
import { insertOnce, row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { CODE_LETTERS } from '../joining/code-text.js';
import { Entrance } from './tables.js';

/** How many letters the code of an organisation has. It is no secret. */
export const ENTRANCE_LENGTH = 6;

const OF = sql`select ${columns(Entrance, 'e', 'code')} from ${Entrance} e where e.organisation_id = $1`;

/** The code by which its people name an organisation; made when it is first asked for. */
export const entranceOf = (organisationId: string, now: number): Promise<string> =>
  inTransaction(async () => {
    for (;;) {
      const found = await row(OF, [organisationId]);
      if (found) return found.code;
      const letter = () => CODE_LETTERS[randomInt(CODE_LETTERS.length)];
      const code = Array.from({ length: ENTRANCE_LENGTH }, letter).join('');
      await insertOnce(Entrance, { organisationId, code, madeAt: now });
    }
  });
