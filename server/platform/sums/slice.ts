import type { Door } from '../../door.js';
import { sumRoutines } from './routines.js';
import * as sums from './tables.js';

/** Figures that are kept as sums. */
export const door: Door = {
  name: 'sums',
  tables: Object.values(sums),
  routines: sumRoutines,
};
