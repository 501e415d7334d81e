import type { Param } from '../../server/db/lanes.js';
import * as db from '../../server/db/rows.js';

/** Any SQL, as a test writes it: it may name every table, and says for itself what it reads. */
export const rows = <T>(text: string, params: readonly Param[] = []): Promise<T[]> =>
  db.rows({ text }, params) as Promise<T[]>;

/** The first row, or null. */
export const row = <T>(text: string, params: readonly Param[] = []): Promise<T | null> =>
  db.row({ text }, params) as Promise<T | null>;
