import type { Door } from '../door.js';
import { dutyReminderRoutes } from './duties/routes.js';
import * as duties from './duties/tables.js';
import { reminderEvents } from './events.js';
import { mailData } from './mail-data.js';
import { digestRoutes } from './managers/routes.js';
import * as managers from './managers/tables.js';
import { reminderReactions } from './reactions.js';
import { reminderRoutines } from './routines.js';
import * as notifications from './tables.js';

/** E-mail, reminders, weekly summaries. */
export const door: Door = {
  name: 'notifications',
  tables: Object.values({ ...notifications, ...duties, ...managers }),
  personal: { tables: mailData },
  events: reminderEvents,
  reactions: reminderReactions,
  routines: reminderRoutines,
  web: {
    // A mail program sends it for its reader (RFC 8058): the signed text in the address is all that counts.
    fromAnywhere: ['/weekly-summary'],
    pages: deps => [dutyReminderRoutes(deps), digestRoutes(deps)],
  },
};
