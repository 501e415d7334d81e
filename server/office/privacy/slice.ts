import type { Door } from '../../door.js';
import { commands } from './commands.js';
import { erasureReactions } from './erasure/reactions.js';
import { privacyEvents } from './events.js';
import { exportReactions } from './export/reactions.js';
import { privacyData } from './privacy-data.js';
import { privacyRoutes } from './routes.js';
import { privacyRoutines } from './routines.js';
import * as privacy from './tables.js';

/** Export and erasure. */
export const door: Door = {
  name: 'privacy',
  tables: Object.values(privacy),
  personal: { tables: privacyData },
  events: privacyEvents,
  reactions: { ...erasureReactions, ...exportReactions },
  routines: privacyRoutines,
  commands,
  web: {
    proofFirst: [
      '/account/data',
      '/admin/erasures/:id',
      '/admin/people/:id/erasure',
      '/organisations/:id/people/:membershipId/erasure',
    ],
    pages: deps => [privacyRoutes(deps)],
  },
};
