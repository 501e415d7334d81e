import { DataTypes, type AbstractDataType } from 'sequelize';

/** A column: what the database stores in it, and the type `T` as which it is read and written. */
export interface Column<T = unknown> {
  readonly type: AbstractDataType;
  readonly isNullable: boolean;
  readonly isKey: boolean;
  /** The database fills it in where an insert leaves it out. */
  readonly hasDefault: boolean;
  /** Never set; it carries the type. */
  readonly value?: T;
}

type NullableColumn<T> = Column<T | null> & { readonly isNullable: true };
type DefaultColumn<T> = Column<T> & { readonly hasDefault: true };

const column = <T>(type: AbstractDataType): Column<T> => ({
  type,
  isNullable: false,
  isKey: false,
  hasDefault: false,
});

/** An id: a UUID. */
export const id = (): Column<string> => text(36);

/** Text of at most `length` characters, or of any length. `T` may name the few texts that it can be. */
export const text = <T extends string = string>(length?: number): Column<T> =>
  column(length === undefined ? DataTypes.TEXT() : DataTypes.STRING(length));

export const integer = <T extends number = number>(): Column<T> => column(DataTypes.INTEGER());
export const smallint = <T extends number = number>(): Column<T> => column(DataTypes.SMALLINT());
export const bigint = (): Column<number> => column(DataTypes.BIGINT());

/** A moment: epoch milliseconds. */
export const moment = (): Column<number> => column(DataTypes.BIGINT());

/** A boolean. SQLite returns 0 or 1: use `Boolean(…)`. */
export const flag = (): Column<boolean | 0 | 1> => column(DataTypes.BOOLEAN());

/** The column may hold null; an insert may leave it out. */
export const nullable = <T>(of: Column<T>): NullableColumn<T> => ({ ...of, isNullable: true });

/** The column belongs to the primary key. */
export const key = <C extends Column>(of: C): C => ({ ...of, isKey: true });

/** The database fills the column in where an insert leaves it out. */
export const filled = <C extends Column>(of: C): C & { readonly hasDefault: true } => ({
  ...of,
  hasDefault: true,
});

export type Columns = Readonly<Record<string, Column>>;

type ValueOf<C> = C extends Column<infer T> ? T : never;
type Optional<C extends Columns> = {
  [name in keyof C]: C[name] extends NullableColumn<unknown> | DefaultColumn<unknown> ? name : never;
}[keyof C];

/** A row as it is read. */
type Read<C extends Columns> = { -readonly [name in keyof C]: ValueOf<C[name]> };
/** A row as it is inserted: what may be null or has a default may be left out. */
type Inserted<C extends Columns> = Omit<Read<C>, Optional<C>> & Partial<Pick<Read<C>, Optional<C>>>;

/** A table, as its slice defines it. */
export interface Table<C extends Columns = Columns> {
  readonly table: string;
  readonly columns: C;
}

/** The row of a table: `Row<typeof User>`. */
export type Row<T> = T extends { readonly columns: infer C extends Columns } ? Read<C> : never;
/** What an insert into a table takes. */
export type NewRow<T> = T extends { readonly columns: infer C extends Columns } ? Inserted<C> : never;

/**
 * Define a table: its name, and its columns in camel case (`holderName` is `holder_name` in the database). Keys between
 * tables, indexes and checks are the migrations'; a test compares the rest with the migrated schema on both databases.
 */
export const defineTable = <const C extends Columns>(table: string, columns: C): Table<C> => ({
  table,
  columns,
});

/** `holderName` as the database writes it: `holder_name`. */
export const columnName = (name: string): string =>
  name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

/** The column of a table that its definition calls `name`. Throws TypeError where it has none: no other text becomes SQL. */
export function columnIn({ table, columns }: Pick<Table, 'table' | 'columns'>, name: string): string {
  if (!Object.hasOwn(columns, name)) throw new TypeError(`${table} has no column ${name}`);
  return columnName(name);
}
