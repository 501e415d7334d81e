import { User } from '../../../people/accounts/tables.js';
import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { HotlineFindings } from '../hotlines.js';
import { HotlineCheck } from '../tables.js';

/** What an administrator found out, and where: `source` is null for a hotline that was called. */
export interface NewHotlineCheck extends HotlineFindings {
  readonly source: string | null;
}

/** One entry of a hotline's history; `check` is null where the earlier entries were withdrawn. */
export interface HotlineCheckEntry {
  readonly number: number;
  readonly check: NewHotlineCheck | null;
  /** It was switched off: nobody is shown it. */
  readonly isOff: boolean;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const ENTRY = sql`select ${columns(
  HotlineCheck,
  'c',
  'hotlineId',
  'number',
  'phone',
  'url',
  'hours',
  'checkedOn',
  'how',
  'source',
  'isOff',
  'createdAt',
)}, ${renamed(User, 'u', { by: 'name' })}
  from ${HotlineCheck} c join ${User} u on u.id = c.actor_id`;

const NEWEST = sql`${ENTRY}
  where c.number = (select max(number) from ${HotlineCheck} where hotline_id = c.hotline_id)`;

const HISTORY = sql`${ENTRY} where c.hotline_id = $1 order by c.number desc`;

type Entry = Omit<Row<typeof HotlineCheck>, 'actorId'> & { by: string };

/** The newest entry of every hotline that has one, by the hotline's id. */
export async function newestHotlineChecks(): Promise<Map<string, HotlineCheckEntry>> {
  const found = await rows(NEWEST);
  return new Map(found.map(each => [each.hotlineId, entryIn(each)]));
}

/** Every entry for a hotline, newest first. */
export const hotlineHistory = async (hotlineId: string): Promise<HotlineCheckEntry[]> =>
  (await rows(HISTORY, [hotlineId])).map(entryIn);

/**
 * Enter what was found out about a hotline, withdraw the earlier entries (null), or switch it off. `number` is the number of the row that
 * the form would make: the same form submitted twice, or two at the same moment, make one entry. Returns whether this call
 * made it.
 */
export function enterHotlineCheck(
  hotlineId: string,
  { number, check }: { number: number; check: NewHotlineCheck | null | 'off' },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const isOff = check === 'off';
    const found = isOff ? null : check;
    const entry = { hotlineId, number, ...found, isOff, actorId, createdAt: now };
    if (!(await insertOnce(HotlineCheck, entry))) return false;
    const how = isOff ? ('switched-off' as const) : (found?.how ?? ('taken-back' as const));
    const payload = { lineId: hotlineId, number, how };
    await record('public-line.checked', payload, { actorId, organisationId: null, now });
    return true;
  });
}

/** A row without `how` withdraws the earlier entries, or switches the hotline off; a check of the table keeps its day null, too. */
const entryIn = ({
  number,
  by,
  createdAt,
  phone,
  url,
  hours,
  checkedOn,
  how,
  source,
  isOff,
}: Entry): HotlineCheckEntry => ({
  number,
  isOff: Boolean(isOff),
  by,
  createdAt,
  check: how !== null && checkedOn !== null ? { phone, url, hours, checkedOn, how, source } : null,
});
