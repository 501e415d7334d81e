import { User } from '../accounts/tables.js';
import { insertOnce, row, rows } from '../db/rows.js';
import { columns, renamed, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { openOrganisation } from '../organisations/memberships.js';
import { OwnHotline } from './tables.js';

/** What an organisation tells its people to call. `checkedOn`: the day on which somebody tried it, like 2026-11-24. */
export interface OwnHotlineFacts {
  readonly name: string;
  readonly phone: string;
  readonly hours: string | null;
  readonly checkedOn: string;
}

/** An organisation by name, and its own hotline or null. */
export interface OrganisationHotline {
  readonly organisation: string;
  readonly own: OwnHotlineFacts | null;
}

/** One entry of the history; `line` is null where the hotline was removed. Times are epoch milliseconds. */
export interface OwnHotlineEntry {
  readonly number: number;
  readonly line: OwnHotlineFacts | null;
  readonly enteredBy: string;
  readonly createdAt: number;
}

const FACTS = columns(OwnHotline, 'h', 'name', 'phone', 'hours', 'checkedOn');

const NEWEST = sql`select ${FACTS} from ${OwnHotline} h
  where h.organisation_id = $1 order by h.number desc limit 1`;

const HISTORY = sql`
  select ${FACTS}, ${columns(OwnHotline, 'h', 'number', 'createdAt')}, ${renamed(User, 'u', { enteredBy: 'name' })}
  from ${OwnHotline} h join ${User} u on u.id = h.actor_id
  where h.organisation_id = $1 order by h.number desc`;

/** The current hotline of an organisation, or null where it has none. */
export async function ownHotline(organisationId: string): Promise<OwnHotlineFacts | null> {
  const newest = await row(NEWEST, [organisationId]);
  return newest && factsIn(newest);
}

/** The installation's own organisation and its hotline: what public pages show. */
export async function hotlineOfSite(): Promise<OrganisationHotline> {
  const { id, name } = await openOrganisation();
  return { organisation: name, own: await ownHotline(id) };
}

/** Every entry, newest first. */
export async function ownHotlineHistory(organisationId: string): Promise<OwnHotlineEntry[]> {
  const found = await rows(HISTORY, [organisationId]);
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
  organisationId: string,
  { number, line }: { number: number; line: OwnHotlineFacts | null },
  { actorId, now }: { actorId: string; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    const entry = { organisationId, number, ...line, actorId, createdAt: now };
    if (!(await insertOnce(OwnHotline, entry))) return false;
    await record(
      'reporting-line.set',
      { number, isRemoved: line === null },
      { actorId, organisationId, now },
    );
    return true;
  });
}

type Facts = Pick<Row<typeof OwnHotline>, 'name' | 'phone' | 'hours' | 'checkedOn'>;

/** A row without a name says that the hotline was removed; a check of the table keeps the other columns null with it. */
const factsIn = ({ name, phone, hours, checkedOn }: Facts): OwnHotlineFacts | null =>
  name !== null && phone !== null && checkedOn !== null ? { name, phone, hours, checkedOn } : null;
