import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';

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

type Row = { number: number; enteredBy: string; createdAt: number } & {
  [field in keyof OwnLine]: OwnLine[field] | null;
};

/** The line that holds now, or null where an organisation has none. */
export async function ownLine(organisationId: string): Promise<OwnLine | null> {
  const newest = await row<Row>(
    `select name, phone, hours, checked_on as "checkedOn" from own_reporting_lines
     where organisation_id = $1 order by number desc limit 1`,
    [organisationId],
  );
  return newest && lineIn(newest);
}

/** All that was ever entered, newest first. */
export async function ownLineHistory(organisationId: string): Promise<OwnLineEntry[]> {
  const found = await rows<Row>(
    `select l.number, l.name, l.phone, l.hours, l.checked_on as "checkedOn", u.name as "enteredBy",
       l.created_at as "createdAt"
     from own_reporting_lines l join users u on u.id = l.actor_id
     where l.organisation_id = $1 order by l.number desc`,
    [organisationId],
  );
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
    const [made] = await rows(
      `insert into own_reporting_lines
         (organisation_id, number, name, phone, hours, checked_on, actor_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning number`,
      [
        organisationId,
        number,
        line?.name ?? null,
        line?.phone ?? null,
        line?.hours ?? null,
        line?.checkedOn ?? null,
        actorId,
        now,
      ],
    );
    if (!made) return false;
    await record(
      'reporting-line.set',
      { number, isRemoved: line === null },
      { actorId, organisationId, now },
    );
    return true;
  });
}

/** A row without a name is a line taken away; the table sees to it that the others go with it. */
const lineIn = ({ name, phone, hours, checkedOn }: Row): OwnLine | null =>
  name !== null && phone !== null && checkedOn !== null ? { name, phone, hours, checkedOn } : null;
