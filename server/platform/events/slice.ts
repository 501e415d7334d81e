import type { Door } from '../../door.js';
import { platformEvents } from './events.js';
import { jobRoutines } from './jobs/routines.js';
import { logData } from './log-data.js';
import * as events from './tables.js';

/** What happened, and the jobs that follow from it. */
export const door: Door = {
  name: 'events',
  tables: Object.values(events),
  personal: { tables: logData },
  events: platformEvents,
  routines: jobRoutines,
};
