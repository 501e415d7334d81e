import { row } from '../../../../platform/db/rows.js';
import { as, sql, type Sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { Event } from '../../../../platform/events/tables.js';
import { KeyLogEntry } from '../../issuer/tables.js';
import { StatusListVersion } from '../../status-lists/tables.js';
import { IssuanceEntry, SignedHead } from '../tables.js';
import { chainNames } from './recorded-events.js';
import type { Start } from './ledger-start.js';

const COUNT = sql`select count(*) ${as('n', integer())}`;

const EVENTS = sql`${COUNT} from ${Event} where chain = $1 and seq > $2`;
const VERSIONS = sql`${COUNT} from ${StatusListVersion} where created_at >= $1`;

/** How many rows of each table were checked: of those that are checked once, since `start`. */
export async function rowCounts(start: Start | null): Promise<Record<string, number>> {
  let events = 0;
  for (const chain of await chainNames(start))
    events += await count(EVENTS, [chain, start?.chains.get(chain)?.seq ?? 0]);
  return {
    [Event.table]: events,
    [IssuanceEntry.table]: await count(sql`${COUNT} from ${IssuanceEntry} where seq > $1`, [
      start?.ledger.seq ?? 0,
    ]),
    [SignedHead.table]: await count(sql`${COUNT} from ${SignedHead} where number > $1`, [
      start?.head.seq ?? 0,
    ]),
    [StatusListVersion.table]: await count(VERSIONS, [start?.signedAt ?? 0]),
    [KeyLogEntry.table]: await count(sql`${COUNT} from ${KeyLogEntry}`, []),
  };
}

const count = async (query: Sql<{ n: number }>, params: readonly (string | number)[]): Promise<number> =>
  Number((await row(query, params))?.n);
