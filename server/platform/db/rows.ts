import { database } from './connect.js';
import { currentLane, type Param } from './lanes.js';
import { parameters, type Sql } from './sql.js';
import { columnIn, type NewRow, type Table } from './table.js';
import { currentTransaction } from './transaction.js';

/**
 * A statement with parameters `$1`, `$2`, …, which joins the ambient transaction. Without one it only reads,
 * on the connections of the ambient lane (`lanes.ts`): it sees what was committed, and throws when it takes too long.
 * Writes need a transaction: on SQLite the connections outside one refuse them. The type of a row follows from the
 * columns that the statement names by their tables' definitions.
 */
export async function rows<R>(query: Sql<R>, params: readonly Param[] = []): Promise<Readable<R>[]> {
  return run(query.text, params) as Promise<Readable<R>[]>;
}

/** The first row, or null. */
export async function row<R>(query: Sql<R>, params: readonly Param[] = []): Promise<Readable<R> | null> {
  return (await rows(query, params))[0] ?? null;
}

const LISTS = {
  sqlite: (values: string) => `json_group_array(json_array(${values}))`,
  postgres: (values: string) => `coalesce(json_agg(json_build_array(${values})), '[]')::text`,
};

/**
 * The rows of a statement, in its order, each as a list of the columns `names`, which are texts. They come as one text in JSON: of
 * hundreds of rows that costs less than an object for each.
 */
export async function rowLists<R, const N extends readonly (string & keyof R)[]>(
  query: Sql<R>,
  names: N,
  params: readonly Param[] = [],
): Promise<{ -readonly [at in keyof N]: R[N[at]] }[]> {
  const values = names.map(name => `found."${name}"`).join(', ');
  const text = `select ${LISTS[database().dialect](values)} as list from (${query.text}) as found`;
  const [found] = (await run(text, params)) as { readonly list: string }[];
  return JSON.parse(found?.list ?? '[]') as { -readonly [at in keyof N]: R[N[at]] }[];
}

async function run(text: string, params: readonly Param[]): Promise<unknown[]> {
  const { read, write } = database();
  const transaction = currentTransaction();
  return transaction ? write(transaction, text, params) : read(currentLane(), text, params);
}

/** So that an editor shows one object, not the intersection that it is made from. */
type Readable<R> = { [name in keyof R]: R[name] };

/** Insert a row. A value that is left out is null, or the default of the column. */
export async function insert<T extends Table>(table: T, values: NewRow<T>): Promise<void> {
  await insertAll(table, [values]);
}

/** Insert several rows with one statement. All name the same columns in the same order. */
export async function insertAll<T extends Table>(table: T, all: readonly NewRow<T>[]): Promise<void> {
  if (all.length === 0) return;
  const { text, params } = insertion(table, all);
  await rows({ text }, params);
}

/**
 * Insert many rows with one parameter, a list in JSON: several times cheaper than one for each value. All name the same columns in
 * the same order. Their texts are the program's own: neither database stores every text that JSON can spell. `otherwise`: an
 * `on conflict`.
 */
export async function insertList<T extends Table>(
  table: T,
  all: readonly NewRow<T>[],
  otherwise: Sql = { text: '' },
): Promise<void> {
  const names = Object.keys(all[0] ?? {});
  if (names.length === 0) return;
  const values = names.map((name, at) => stored(table, name, at));
  const text = `insert into ${table.table} (${names.map(name => columnIn(table, name)).join(', ')})
    select ${values.join(', ')} from ${listed(1).text} as list where true ${otherwise.text}`;
  await rows({ text }, [JSON.stringify(all.map(each => Object.values(each)))]);
}

/** A parameter that is a list in JSON, as rows with a `value` each; of a list in the list, `value ->> 0` is the first. */
export const listed = (parameter: number): Sql => ({
  text:
    database().dialect === 'postgres'
      ? `json_array_elements($${parameter}::json)`
      : `json_each($${parameter})`,
});

/** A value of a listed row, as its column stores it. */
function stored({ columns }: Table, name: string, at: number): string {
  const type = columns[name]?.type.key ?? '';
  return TEXTS.includes(type) ? `value ->> ${at}` : `cast(value ->> ${at} as ${type})`;
}

const TEXTS = ['STRING', 'TEXT'];

/** Insert a row unless a unique key of the table holds it already. Returns whether this call inserted it. */
export async function insertOnce<T extends Table>(table: T, values: NewRow<T>): Promise<boolean> {
  const { text, params } = insertion(table, [values]);
  return (await rows({ text: `${text} on conflict do nothing returning 1 as made` }, params)).length > 0;
}

/**
 * Insert those of several rows, with one statement, that no unique key of the table holds already. As `insertAll` otherwise. Returns
 * how many there were.
 */
export async function insertAllOnce<T extends Table>(table: T, all: readonly NewRow<T>[]): Promise<number> {
  if (all.length === 0) return 0;
  const { text, params } = insertion(table, all);
  return (await rows({ text: `${text} on conflict do nothing returning 1 as made` }, params)).length;
}

function insertion(table: Table, all: readonly object[]): { text: string; params: Param[] } {
  const names = Object.keys(all[0] ?? {});
  const places = all.map((_, at) => `(${parameters(names.length, at * names.length + 1).text})`);
  return {
    text: `insert into ${table.table} (${names.map(name => columnIn(table, name)).join(', ')}) values ${places.join(', ')}`,
    params: all.flatMap(values => Object.values(values) as Param[]),
  };
}
