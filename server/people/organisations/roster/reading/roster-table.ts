import type { Encoding } from './encodings.js';

/** What separates the columns of a text file. */
export type Delimiter = ',' | ';' | '\t';

/** One row of a file. `line`: its number as a spreadsheet shows it; the header is row 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a file was, and what its columns are called; its rows are taken one at a time. */
export interface RosterTable {
  readonly source:
    | { readonly kind: 'text'; readonly encoding: Encoding; readonly delimiter: Delimiter }
    | { readonly kind: 'workbook'; readonly sheet: string }
    | OneRoster;
  readonly header: readonly string[];
}

/** Takes the rows of a file in order. */
export type TakeRow = (row: TableRow) => void;

interface OneRoster {
  readonly kind: 'one-roster';
  readonly version: '1.1' | '1.2';
}

/** Why a file is not taken at all; each has a text that says what to do. */
export type RosterRefusal =
  | 'empty'
  | 'document'
  | 'workbook'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'quotes'
  | 'zip'
  | 'zip-too-large'
  | 'zip-encrypted'
  | 'zip-names'
  | 'zip-no-users'
  | 'zip-letters';

/** Thrown while a file is read. */
export class RefusedFile extends Error {
  constructor(
    readonly refusal: RosterRefusal,
    /** The row at which reading stopped, where that helps. */
    readonly line: number | null = null,
  ) {
    super(refusal);
  }
}

export const MAX_ROWS = 50_000;
export const MAX_COLUMNS = 100;
