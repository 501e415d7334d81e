/** Something that is not as it should be: in which table, in which row, and what is wrong with it. */
export interface Discrepancy {
  readonly table: string;
  readonly row: string;
  readonly problem: string;
}

/** What can be wrong with a row. */
export const EDITED = 'edited: its content does not match its hash';
export const REWRITTEN = 'edited, with a new hash: the row after it does not follow';
export const MISSING = 'missing';
export const UNRECORDED = 'not as the audit log records it';
