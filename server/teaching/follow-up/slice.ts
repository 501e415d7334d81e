import type { Door } from '../../door.js';
import { eraseMeasurements } from './erase-measurements.js';
import { followUpEvents } from './events.js';
import { countedGains } from './gains/counted-gains.js';
import { measurementData } from './measurement-data.js';
import { followUpReactions } from './reactions.js';
import { officeRoutes, routes } from './routes.js';
import { followUpRoutines } from './routines.js';
import * as followUp from './tables.js';

/** Tests before and after a course, and refreshers. */
export const door: Door = {
  name: 'follow-up',
  tables: Object.values(followUp),
  personal: { tables: measurementData, erase: eraseMeasurements },
  events: followUpEvents,
  reactions: followUpReactions,
  routines: followUpRoutines,
  figures: [countedGains],
  web: {
    // A mail program sends it for its reader (RFC 8058): the signed text in the address is all that counts.
    fromAnywhere: ['/follow-up/opt-out'],
    reports: ['/admin/follow-up', '/admin/follow-up.csv'],
    pages: deps => [routes(deps), officeRoutes(deps)],
  },
};
