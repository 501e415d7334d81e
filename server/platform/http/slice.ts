import type { Door } from '../../door.js';
import { httpRoutines } from './routines.js';
import { sessionData } from './session-data.js';
import * as http from './tables.js';

/** Sessions, limits and refusals. */
export const door: Door = {
  name: 'http',
  tables: Object.values(http),
  personal: { tables: sessionData },
  routines: httpRoutines,
};
