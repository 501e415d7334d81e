import { insertOnce, rows } from '../db/rows.js';
import { User } from '../accounts/tables.js';
import { columns, renamed, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import type { LineCheck } from './reporting-lines.js';
import { PublicLineCheck } from './tables.js';

/** What an administrator found out, and where: `source` is null for a line that was called. */
export interface NewCheck extends LineCheck {
  readonly source: string | null;
}

/** One entry of a line's history; `check` is null where the entries before it were taken back. */
export interface CheckEntry {
  readonly number: number;
  readonly check: NewCheck | null;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const ENTRY = sql`select ${columns(
  PublicLineCheck,
  'c',
  'lineId',
  'number',
  'phone',
  'url',
  'hours',
  'checkedOn',
  'how',
  'source',
  'createdAt',
)}, ${renamed(User, 'u', { by: 'name' })}
  from ${PublicLineCheck} c join ${User} u on u.id = c.actor_id`;

const NEWEST = sql`${ENTRY}
  where c.number = (select max(number) from ${PublicLineCheck} where line_id = c.line_id)`;

const HISTORY = sql`${ENTRY} where c.line_id = $1 order by c.number desc`;

type Entry = Omit<Row<typeof PublicLineCheck>, 'actorId'> & { by: string };

/** The newest entry of every line that has one, by the id of the line. */
export async function newestChecks(): Promise<Map<string, CheckEntry>> {
  const found = await rows(NEWEST);
  return new Map(found.map(each => [each.lineId, entryIn(each)]));
}

/** Everything that was entered on a line, newest first. */
export const lineHistory = async (lineId: string): Promise<CheckEntry[]> =>
  (await rows(HISTORY, [lineId])).map(entryIn);

/**
 * Enter what was found on a line, or take the entries before back (null). `number` is that of the row which the form was
 * made for: the same form sent twice, or two at once, is one entry. Returns whether this call kept it.
 */
export function enterCheck(
  lineId: string,
  { number, check }: { number: number; check: NewCheck | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const isNew = await insertOnce(PublicLineCheck, { lineId, number, ...check, actorId, createdAt: now });
    if (!isNew) return false;
    const payload = { lineId, number, how: check?.how ?? ('taken-back' as const) };
    await record('public-line.checked', payload, { actorId, organisationId: null, now });
    return true;
  });
}

/** A row without a way of checking takes the entries before it back; the table sees to it that the day goes with it. */
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
}: Entry): CheckEntry => ({
  number,
  by,
  createdAt,
  check: how !== null && checkedOn !== null ? { phone, url, hours, checkedOn, how, source } : null,
});
