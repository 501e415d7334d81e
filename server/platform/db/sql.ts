import { columnIn, type Column, type Row, type Table } from './table.js';

/**
 * A statement, or a part of one, made from literals only: what a person typed can only be a parameter (`$1`). `R` is the
 * type of a row, known from the definitions of the tables.
 */
export interface Sql<R = unknown> {
  readonly text: string;
  /** Never set; it carries the type. */
  readonly row?: R;
}

type Part = Sql | { readonly table: string } | number;
type RowIn<P> = P extends { readonly text: string; readonly row?: infer R } ? R : unknown;
type RowOf<P extends readonly Part[]> = P extends readonly [
  infer First,
  ...infer Rest extends readonly Part[],
]
  ? RowIn<First> & RowOf<Rest>
  : unknown;

/** SQL into which tables, columns, whole numbers and other parts may be inserted. */
export function sql<const P extends readonly Part[]>(
  texts: TemplateStringsArray,
  ...parts: P
): Sql<RowOf<P>> {
  const filled = texts.slice(1).map((text, at) => textOf(parts[at] as Part) + text);
  return { text: (texts[0] ?? '') + filled.join('') };
}

function textOf(part: Part): string {
  if (typeof part === 'number') return String(Math.trunc(part));
  return 'table' in part ? part.table : part.text;
}

/** Columns of a table under the names of its definition; `alias` is what the statement calls the table. */
export function columns<T extends Table, N extends string & keyof Row<T>>(
  table: T,
  alias: string,
  ...names: readonly N[]
): Sql<Pick<Row<T>, N>> {
  return { text: names.map(name => selected(table, alias, name, name)).join(', ') };
}

/** Columns of a table under other names: `{ holder: 'name' }` reads the column `name` as `holder`. */
export function renamed<T extends Table, const N extends Readonly<Record<string, string & keyof Row<T>>>>(
  table: T,
  alias: string,
  names: N,
): Sql<{ -readonly [name in keyof N]: Row<T>[N[name]] }> {
  return {
    text: Object.entries(names)
      .map(([name, of]) => selected(table, alias, of, name))
      .join(', '),
  };
}

/** What is selected from a table that may have no row: the right side of a `left join`. */
export const orNull = <R>({ text }: Sql<R>): Sql<{ [name in keyof R]: R[name] | null }> => ({ text });

/** What is selected where a condition rules null out: `points` of attempts that were submitted. */
export const notNull = <R>({ text }: Sql<R>): Sql<{ [name in keyof R]: NonNullable<R[name]> }> => ({ text });

/** The name and the type of an expression: `count(*) ${as('total', integer())}`. */
export const as = <const N extends string, T>(name: N, _type: Column<T>): Sql<{ [name in N]: T }> => ({
  text: `as "${name}"`,
});

/** `$3, $4, $5`: as many parameters as there are values, from the first number on. */
export const parameters = (count: number, first = 1): Sql => ({
  text: Array.from({ length: count }, (_, at) => `$${first + at}`).join(', '),
});

/** Selects whose rows are alike, as one. */
export const unionAll = <R>(selects: readonly Sql<R>[]): Sql<R> => ({
  text: selects.map(({ text }) => text).join(' union all '),
});

/** Conditions of which at least one is to hold. */
export const anyOf = (conditions: readonly Sql[]): Sql => ({
  text: conditions.map(({ text }) => text).join(' or '),
});

const selected = (table: Table, alias: string, name: string, read: string): string =>
  `${alias}.${columnIn(table, name)} as "${read}"`;
