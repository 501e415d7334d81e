/** Something that does not hold: in which table, at which row, and what is wrong with it. */
export interface Finding {
  readonly table: string;
  readonly row: string;
  readonly problem: string;
}

/** The words for what can be wrong with a row. */
export const EDITED = 'edited: what it says does not give its hash';
export const REWRITTEN = 'edited, and its hash made anew: the row after it does not follow';
export const MISSING = 'missing';
export const UNRECORDED = 'not in the audit log as it stands here';
