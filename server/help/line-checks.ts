import { rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import type { LineCheck } from './reporting-lines.js';

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

type Row = { lineId: string; number: number; by: string; createdAt: number } & {
  [field in keyof NewCheck]: NewCheck[field] | null;
};

const COLUMNS = `c.line_id as "lineId", c.number, c.phone, c.url, c.hours, c.checked_on as "checkedOn", c.how, c.source,
  u.name as by, c.created_at as "createdAt"`;

/** The newest entry of every line that has one, by the id of the line. */
export async function newestChecks(): Promise<Map<string, CheckEntry>> {
  const found = await rows<Row>(
    `select ${COLUMNS} from public_line_checks c join users u on u.id = c.actor_id
     where c.number = (select max(number) from public_line_checks where line_id = c.line_id)`,
  );
  return new Map(found.map(each => [each.lineId, entryIn(each)]));
}

/** Everything that was entered on a line, newest first. */
export const lineHistory = async (lineId: string): Promise<CheckEntry[]> =>
  (
    await rows<Row>(
      `select ${COLUMNS} from public_line_checks c join users u on u.id = c.actor_id
       where c.line_id = $1 order by c.number desc`,
      [lineId],
    )
  ).map(entryIn);

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
    const {
      phone = null,
      url = null,
      hours = null,
      checkedOn = null,
      how = null,
      source = null,
    } = check ?? {};
    const [made] = await rows(
      `insert into public_line_checks
         (line_id, number, phone, url, hours, checked_on, how, source, actor_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning number`,
      [lineId, number, phone, url, hours, checkedOn, how, source, actorId, now],
    );
    if (!made) return false;
    const payload = { lineId, number, how: how ?? ('taken-back' as const) };
    await record('public-line.checked', payload, { actorId, organisationId: null, now });
    return true;
  });
}

/** A row without a way of checking takes the entries before it back; the table sees to it that the day goes with it. */
const entryIn = ({ number, by, createdAt, phone, url, hours, checkedOn, how, source }: Row): CheckEntry => ({
  number,
  by,
  createdAt,
  check: how !== null && checkedOn !== null ? { phone, url, hours, checkedOn, how, source } : null,
});
