import { row, rows } from '../db/rows.js';
import { columns, parameters, sql, unionAll, type Sql } from '../db/sql.js';
import type { EventName } from './event-payloads.js';
import { Event } from './tables.js';

/** An event as the log shows it; `payload` as JSON. */
export type LoggedEvent = Awaited<ReturnType<typeof newest>>[number];

/**
 * What a log is narrowed to. `names`: of events (none: all); `without`: names that are left out; `ids`: an event names one of them, as
 * who did it or as whom it was about (none: all); `about`: it names this id, too; `from`: the lowest number.
 */
export interface LogFilter {
  readonly names: readonly EventName[];
  readonly without: readonly EventName[];
  readonly ids: readonly string[];
  readonly about: string | null;
  readonly from: number;
}

const FIELDS = columns(Event, 'e', 'seq', 'id', 'name', 'payload', 'actorId', 'organisationId', 'createdAt');

/**
 * Events of a chain before the number `before`, newest first, at most `limit`. `next`: the number before which the log goes on, or
 * null. Where ids are asked for, so much of the log is looked through that a page takes a moment at most: it may show fewer, and go on.
 */
export async function eventsBefore(
  chain: string,
  before: number,
  filter: LogFilter,
  limit: number,
): Promise<{ events: LoggedEvent[]; next: number | null }> {
  if (filter.ids.length > 0 || filter.about !== null) return lookThrough(chain, before, filter, limit);
  const events = await newest(chain, before, filter, limit);
  return { events, next: events.length === limit ? Number(events.at(-1)?.seq) : null };
}

/** Each name is read by itself from its index, so that a rare one is found as quickly as a common one. */
function newest(chain: string, before: number, { names, without, from }: LogFilter, limit: number) {
  const place = sql`e.chain = $1 and e.seq < $2 and e.seq >= $3`;
  const latest = sql`order by e.seq desc limit ${limit}`;
  const known = [chain, before, from];
  if (names.length === 0)
    return rows(sql`select ${FIELDS} from ${Event} e where ${place} ${butNot(without, 4)} ${latest}`, [
      ...known,
      ...without,
    ]);
  const each = names.map(
    (_, at) =>
      sql`select * from (select ${FIELDS} from ${Event} e where e.name = $${at + 4} and ${place} ${latest}) of_name`,
  );
  return rows(sql`${unionAll(each)} order by 1 desc limit ${limit}`, [...known, ...names]);
}

/** Events that are looked through at a time, which takes milliseconds, and how many times for one page. */
const AT_A_TIME = 10_000;
const MOST_LOOKS = 10;

async function lookThrough(chain: string, before: number, filter: LogFilter, limit: number) {
  const events: LoggedEvent[] = [];
  let high = before;
  for (let look = 0; look < MOST_LOOKS && high > filter.from && events.length < limit; look += 1) {
    const low = Math.max(filter.from, high - AT_A_TIME);
    events.push(...(await naming(chain, { ...filter, low, high }, limit - events.length)));
    high = events.length === limit ? Number(events.at(-1)?.seq) : low;
  }
  return { events, next: high > filter.from ? high : null };
}

interface Look extends LogFilter {
  readonly low: number;
  readonly high: number;
}

function naming(chain: string, { names, without, ids, about, low, high }: Look, limit: number) {
  const byName = names.length > 0 ? names : without;
  const first = 5 + byName.length;
  const one = ids
    .map((_, at) => sql`or e.actor_id = $${first + 2 * at} or e.payload like $${first + 2 * at + 1}`)
    .reduce((some, more) => sql`${some} ${more}`, ids.length > 0 ? sql`1 = 0` : sql`1 = 1`);
  const named = names.length > 0 ? sql`and e.name in (${parameters(names.length, 5)})` : butNot(without, 5);
  return rows(
    sql`select ${FIELDS} from ${Event} e
        where e.chain = $1 and e.seq >= $2 and e.seq < $3 and e.payload like $4 ${named} and (${one}) order by e.seq desc limit ${limit}`,
    [
      chain,
      low,
      high,
      about === null ? '%' : quoted(about),
      ...byName,
      ...ids.flatMap(id => [id, quoted(id)]),
    ],
  );
}

/** An id as it stands in a payload. It holds no sign that a pattern would read as another. */
const quoted = (id: string): string => `%"${id}"%`;

const butNot = (names: readonly EventName[], first: number): Sql =>
  names.length > 0 ? sql`and e.name not in (${parameters(names.length, first)})` : sql``;

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
