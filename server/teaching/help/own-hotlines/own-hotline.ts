import { User } from '../../../people/accounts/tables.js';
import { insertOnce, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { OwnHotline } from '../tables.js';

/** What an organisation tells its people to call. `checkedOn`: the day on which somebody tried it, like 2026-11-24. */
export interface OwnHotlineFacts {
  readonly name: string;
  readonly phone: string;
  readonly hours: string | null;
  readonly checkedOn: string;
}

/** Whose hotline it is: all people of an organisation, or (one of the two is not '') those in a country or in a unit and below. */
export interface HotlinePlace {
  readonly organisationId: string;
  readonly country: string;
  readonly unitId: string;
}

/** The hotline for all of an organisation. */
export const wholeOf = (organisationId: string): HotlinePlace => ({
  organisationId,
  country: '',
  unitId: '',
});

/** One entry of the history; `line` is null where the hotline was removed. Times are epoch milliseconds. */
export interface OwnHotlineEntry {
  readonly number: number;
  readonly line: OwnHotlineFacts | null;
  readonly enteredBy: string;
  readonly createdAt: number;
}

const FACTS = columns(OwnHotline, 'h', 'name', 'phone', 'hours', 'checkedOn');

const NEWEST = sql`
  select ${FACTS}, ${columns(OwnHotline, 'h', 'organisationId', 'country', 'unitId')} from ${OwnHotline} h
  where h.name is not null and not exists (
    select 1 from ${OwnHotline} l where l.organisation_id = h.organisation_id and l.country = h.country
    and l.unit_id = h.unit_id and l.number > h.number)`;

const HISTORY = sql`
  select ${FACTS}, ${columns(OwnHotline, 'h', 'number', 'createdAt')}, ${renamed(User, 'u', { enteredBy: 'name' })}
  from ${OwnHotline} h join ${User} u on u.id = h.actor_id
  where h.organisation_id = $1 and h.country = $2 and h.unit_id = $3 order by h.number desc`;

/** A hotline and whose it is. */
export type PlacedHotline = HotlinePlace & { readonly line: OwnHotlineFacts };

/** The current hotlines of an organisation: at most one for all of it, and one for each country and each unit. */
export const ownHotlines = async (organisationId: string): Promise<PlacedHotline[]> =>
  placedIn(await rows(sql`${NEWEST} and h.organisation_id = $1`, [organisationId]));

/** The current hotlines of all organisations. */
export const everyOwnHotline = async (): Promise<PlacedHotline[]> =>
  placedIn(await rows(sql`${NEWEST} order by h.organisation_id, h.country, h.unit_id`));

const placedIn = (found: readonly (Facts & HotlinePlace)[]): PlacedHotline[] =>
  found.flatMap(({ organisationId, country, unitId, ...facts }) => {
    const line = factsIn(facts);
    return line ? { organisationId, country, unitId, line } : [];
  });

/** Every entry for a place, newest first. */
export async function ownHotlineHistory({
  organisationId,
  country,
  unitId,
}: HotlinePlace): Promise<OwnHotlineEntry[]> {
  const found = await rows(HISTORY, [organisationId, country, unitId]);
  return found.map(each => ({
    number: each.number,
    line: factsIn(each),
    enteredBy: each.enteredBy,
    createdAt: each.createdAt,
  }));
}

/**
 * Enter the hotline, or remove it (null). `number` is the number of the row that the form would make: the same form
 * submitted twice, or two at the same moment, make one entry. Returns whether this call made it.
 */
export function setOwnHotline(
  { organisationId, country, unitId }: HotlinePlace,
  { number, line }: { number: number; line: OwnHotlineFacts | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const entry = { organisationId, country, unitId, number, ...line, actorId, createdAt: now };
    if (!(await insertOnce(OwnHotline, entry))) return false;
    await record(
      'reporting-line.set',
      { number, isRemoved: line === null, country, unitId },
      { actorId, organisationId, now },
    );
    return true;
  });
}

type Facts = Pick<Row<typeof OwnHotline>, 'name' | 'phone' | 'hours' | 'checkedOn'>;

/** A row without a name says that the hotline was removed; a check of the table keeps the other columns null with it. */
const factsIn = ({ name, phone, hours, checkedOn }: Facts): OwnHotlineFacts | null =>
  name !== null && phone !== null && checkedOn !== null ? { name, phone, hours, checkedOn } : null;
