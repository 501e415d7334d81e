import type { Door } from '../../door.js';
import { dutyReminderRoutes } from './duties/routes.js';
import * as duties from './duties/tables.js';
import { reminderEvents } from './events.js';
import { digestRoutes } from './managers/routes.js';
import * as managers from './managers/tables.js';
import { reminderData } from './reminder-data.js';
import { reminderReactions } from './reactions.js';
import { reminderRoutines } from './routines.js';

/** Reminders of what is due, and weekly summaries. */
export const door: Door = {
  name: 'reminders',
  tables: Object.values({ ...duties, ...managers }),
  personal: { tables: reminderData },
  events: reminderEvents,
  reactions: reminderReactions,
  routines: reminderRoutines,
  web: {
    // A mail program sends it for its reader (RFC 8058): the signed text in the address is all that counts.
    fromAnywhere: ['/weekly-summary'],
    pages: deps => [dutyReminderRoutes(deps), digestRoutes(deps)],
  },
};
