import { installed } from '../lib/installed.js';
import { listed, rows } from './rows.js';
import { columnIn, type Columns, type Table } from './table.js';

/** PersonIds data: an account (null: they have none), and the memberships that are theirs. */
export interface PersonIds {
  readonly userId: string | null;
  readonly membershipIds: readonly string[];
}

/** How a row is somebody's: a column names the account or the membership, or a row of another table that is theirs. */
type Owner =
  | { readonly account: string }
  | { readonly membership: string }
  | { readonly through: string; readonly of: Owned; readonly key?: string };

interface Owned {
  readonly table: Table;
  readonly owner: Owner;
}

/**
 * What becomes of somebody's rows when they are erased: they go, some columns are overwritten, they stay as they are, or a verb of
 * the slice sees to it. What stays says why (`erasure.stays` in the texts).
 */
type Erasing =
  | { readonly do: 'remove' }
  | {
      readonly do: 'blank';
      readonly columns: Readonly<Record<string, string | boolean | null>>;
      readonly stays: Stays;
    }
  | { readonly do: 'keep'; readonly stays: Stays }
  | { readonly do: 'verb'; readonly stays: Stays };

/** Why something stays, without a name. */
export type Stays = 'account-number' | 'award' | 'results' | 'place' | 'duties' | 'decisions';

/** A table with rows that are somebody's. */
export interface PersonalTable extends Owned {
  /** The file of an export that holds its rows; or why no export does. */
  readonly exported: { readonly as: string; readonly without?: readonly string[] } | { readonly not: string };
  readonly erased: Erasing;
}

/** Who erases somebody, and when (epoch ms). */
export interface ErasedBy {
  readonly erasureId: string;
  readonly actorId: string | null;
  readonly now: number;
  /** The day until which an organisation keeps proof without a name, counted from an end (epoch ms); null: for good. */
  readonly keptUntil: (organisationId: string, end: number) => string | null;
}

/** All that a slice holds of people. */
export interface PersonalData {
  readonly tables: readonly PersonalTable[];
  /** Erases these rows and does what else that requires. Without it, they are erased as defined. Idempotent. */
  readonly erase?: (whose: PersonIds, by: ErasedBy) => Promise<void>;
  /** The event that proves an erasure contains hashes of what remains. It is therefore erased last, together with that event. */
  readonly isProof?: boolean;
}

const slices = installed<readonly PersonalData[]>('personal data');

/** Says what the slices hold of people, in the order in which it is erased. */
export const installPersonalData = slices.set;

/** What each slice holds of people. An export and an erasure walk this, and nothing else. */
export const personalData = slices.get;

/** Every table with rows that are somebody's. */
export const personalTables = (): readonly PersonalTable[] => personalData().flatMap(({ tables }) => tables);

/** Erase what one slice holds of somebody. Joins the transaction. */
export const eraseData = ({ tables, erase }: PersonalData, whose: PersonIds, by: ErasedBy): Promise<void> =>
  erase ? erase(whose, by) : eraseRows(tables, whose);

/** Define one, with the names of its columns checked. */
export const personal = <C extends Columns>(
  table: Table<C>,
  owner: Owner,
  { exported, erased }: Pick<PersonalTable, 'exported' | 'erased'>,
): PersonalTable => {
  const named = [
    ...('as' in exported ? (exported.without ?? []) : []),
    ...(erased.do === 'blank' ? Object.keys(erased.columns) : []),
    ...Object.values(owner).filter(value => typeof value === 'string' && value in table.columns),
  ];
  for (const name of named) columnIn(table, name as string);
  return { table, owner, exported, erased };
};

/** Somebody's rows of a table, in the order of its key, without the columns that are left out. */
export async function ownRows(
  { table, owner, exported }: PersonalTable,
  whose: PersonIds,
): Promise<Record<string, unknown>[]> {
  const found = ownedBy({ table, owner }, whose);
  if (!found || !('as' in exported)) return [];
  const names = Object.keys(table.columns).filter(name => !exported.without?.includes(name));
  const shown = names.map(name => `${columnIn(table, name)} as "${name}"`).join(', ');
  const keys = names.filter(name => table.columns[name]?.isKey).map(name => columnIn(table, name));
  const order = keys.length > 0 ? ` order by ${keys.join(', ')}` : '';
  const text = `select ${shown} from ${table.table} where ${found.clause}${order}`;
  return (await rows({ text }, found.params)) as Record<string, unknown>[];
}

/** Do to somebody's rows what their definitions say, in this order. Twice is once. Joins the transaction. */
export async function eraseRows(tables: readonly PersonalTable[], whose: PersonIds): Promise<void> {
  for (const { table, owner, erased } of tables) {
    const found = ownedBy({ table, owner }, whose);
    if (!found) continue;
    if (erased.do === 'remove')
      await rows({ text: `delete from ${table.table} where ${found.clause}` }, found.params);
    if (erased.do === 'blank') await blank(table, erased.columns, found);
  }
}

async function blank(table: Table, values: Readonly<Record<string, string | boolean | null>>, found: Found) {
  const set = Object.keys(values).map((name, at) => `${columnIn(table, name)} = $${at + 2}`);
  const text = `update ${table.table} set ${set.join(', ')} where ${found.clause}`;
  await rows({ text }, [...found.params, ...Object.values(values)]);
}

interface Found {
  readonly clause: string;
  readonly params: readonly string[];
}

/** The clause that finds somebody's rows; null where there is nobody of that kind. */
function ownedBy({ table, owner }: Owned, whose: PersonIds): Found | null {
  if ('account' in owner)
    return whose.userId === null
      ? null
      : { clause: `${columnIn(table, owner.account)} = $1`, params: [whose.userId] };
  if ('membership' in owner)
    return {
      clause: `${columnIn(table, owner.membership)} in (select value ->> 0 from ${listed(1).text} as own)`,
      params: [JSON.stringify(whose.membershipIds.map(id => [id]))],
    };
  const { of, key = 'id' } = owner;
  const found = ownedBy(of, whose);
  return (
    found && {
      clause: `${columnIn(table, owner.through)} in (select ${columnIn(of.table, key)} from ${of.table.table} where ${found.clause})`,
      params: found.params,
    }
  );
}
