import type { Table } from '../../server/platform/db/table.js';
import { slices } from '../../server/slices.js';

/** Every table of the product. */
export const allTables: readonly Table[] = slices.flatMap(({ tables }) => tables ?? []);
