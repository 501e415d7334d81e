import { User } from '../accounts/tables.js';
import { insertOnce, row, rows } from '../db/rows.js';
import { columns, renamed, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { OwnReportingLine } from './tables.js';

/** What an organisation tells its people to call. `checkedOn`: the day on which somebody tried it, like 2026-11-24. */
export interface OwnLine {
  readonly name: string;
  readonly phone: string;
  readonly hours: string | null;
  readonly checkedOn: string;
}

/** One entry of the history; `line` is null where the line was taken away. Times are epoch milliseconds. */
export interface OwnLineEntry {
  readonly number: number;
  readonly line: OwnLine | null;
  readonly enteredBy: string;
  readonly createdAt: number;
}

const FACTS = columns(OwnReportingLine, 'l', 'name', 'phone', 'hours', 'checkedOn');

const NEWEST = sql`select ${FACTS} from ${OwnReportingLine} l
  where l.organisation_id = $1 order by l.number desc limit 1`;

const HISTORY = sql`
  select ${FACTS}, ${columns(OwnReportingLine, 'l', 'number', 'createdAt')}, ${renamed(User, 'u', { enteredBy: 'name' })}
  from ${OwnReportingLine} l join ${User} u on u.id = l.actor_id
  where l.organisation_id = $1 order by l.number desc`;

/** The line that holds now, or null where an organisation has none. */
export async function ownLine(organisationId: string): Promise<OwnLine | null> {
  const newest = await row(NEWEST, [organisationId]);
  return newest && lineIn(newest);
}

/** All that was ever entered, newest first. */
export async function ownLineHistory(organisationId: string): Promise<OwnLineEntry[]> {
  const found = await rows(HISTORY, [organisationId]);
  return found.map(each => ({
    number: each.number,
    line: lineIn(each),
    enteredBy: each.enteredBy,
    createdAt: each.createdAt,
  }));
}

/**
 * Enter the line, or take it away (null). `number` is that of the row which the form was made for: the same form
 * sent twice, or two at once, is one entry. Returns whether this call kept it.
 */
export function setOwnLine(
  organisationId: string,
  { number, line }: { number: number; line: OwnLine | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const entry = { organisationId, number, ...line, actorId, createdAt: now };
    if (!(await insertOnce(OwnReportingLine, entry))) return false;
    await record(
      'reporting-line.set',
      { number, isRemoved: line === null },
      { actorId, organisationId, now },
    );
    return true;
  });
}

type Facts = Pick<Row<typeof OwnReportingLine>, 'name' | 'phone' | 'hours' | 'checkedOn'>;

/** A row without a name is a line taken away; the table sees to it that the others go with it. */
const lineIn = ({ name, phone, hours, checkedOn }: Facts): OwnLine | null =>
  name !== null && phone !== null && checkedOn !== null ? { name, phone, hours, checkedOn } : null;
