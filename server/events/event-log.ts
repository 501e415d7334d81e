import { row, rows } from '../db/rows.js';
import { columns, sql, unionAll } from '../db/sql.js';
import type { EventName } from './event-payloads.js';
import { Event } from './tables.js';

/** An event as the log shows it; `payload` as JSON. */
export type LoggedEvent = Awaited<ReturnType<typeof eventsBefore>>[number];

const FIELDS = columns(Event, 'e', 'seq', 'id', 'name', 'payload', 'actorId', 'organisationId', 'createdAt');

/**
 * Events of a chain before the number `before`, newest first, at most `limit`; of these names alone where any are given. Each name is
 * read by itself from its index, so that a rare one is found as quickly as a common one.
 */
export async function eventsBefore(
  chain: string,
  { before, names, limit }: { before: number; names: readonly EventName[]; limit: number },
) {
  const place = sql`e.chain = $1 and e.seq < $2`;
  const newest = sql`order by e.seq desc limit ${limit}`;
  if (names.length === 0)
    return rows(sql`select ${FIELDS} from ${Event} e where ${place} ${newest}`, [chain, before]);
  const each = names.map(
    (_, at) =>
      sql`select * from (select ${FIELDS} from ${Event} e where e.name = $${at + 3} and ${place} ${newest}) of_name`,
  );
  const all = sql`${unionAll(each)} order by 1 desc limit ${limit}`;
  return rows(all, [chain, before, ...names]);
}

const AT = sql`select ${columns(Event, 'e', 'createdAt')} from ${Event} e where e.chain = $1 and e.seq = $2`;

/**
 * The number of the first event of a chain that was recorded at `time` (epoch ms) or later; one more than `last`, the chain's last
 * number, where none was. Found by halves: events stand in the order in which they were recorded.
 */
export async function numberAt(chain: string, time: number, last: number): Promise<number> {
  let [low, high] = [1, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await row(AT, [chain, middle]);
    if (found && Number(found.createdAt) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
