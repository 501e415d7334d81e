import { row } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { integer, nullable } from '../../../platform/db/table.js';
import { keyRows } from '../issuer/key-log.js';
import { KeyLogEntry } from '../issuer/tables.js';
import { latestList, listIds } from '../status-lists/status-lists.js';
import { StatusList, StatusListVersion } from '../status-lists/tables.js';
import type { ListRow, PublishedState } from './checkpoints.js';
import { ledgerHead } from './ledger.js';
import { latestHead } from './signed-heads.js';
import { IssuanceEntry, SignedHead } from './tables.js';

/**
 * What was published last, as this database knows it: each mark is a row that was committed with what it marks. Who was erased,
 * `privacy` knows. What a check proved is not read from the database that it checked.
 */
export async function publishedHere(): Promise<PublishedState> {
  const [ledger, head] = [await ledgerHead(), await latestHead()];
  const lists: ListRow[] = [];
  for (const id of await listIds()) {
    const latest = await latestList(id);
    if (latest) lists.push(latest);
  }
  return {
    keys: await keyRows(),
    ledger: ledger.seq > 0 ? ledger : null,
    head: head && { number: head.number },
    lists,
    proven: null,
    erasures: [],
  };
}

const EXTENT = sql`select (select max(seq) from ${IssuanceEntry}) ${as('ledger', nullable(integer()))},
  (select max(number) from ${SignedHead}) ${as('head', nullable(integer()))},
  (select max(seq) from ${KeyLogEntry}) ${as('keys', nullable(integer()))},
  (select sum((select max(v.number) from ${StatusListVersion} v where v.list_id = l.id)) from ${StatusList} l)
    ${as('lists', nullable(integer()))}`;

/** How far all that has come: it changes with each mark, and costs little to ask. */
export const extentOfPublished = async (): Promise<string> => JSON.stringify(await row(EXTENT));
