import type { Door } from '../door.js';
import { commands } from './commands.js';
import { privacyData } from './privacy-data.js';
import { privacyRoutes } from './routes.js';
import * as privacy from './tables.js';

/** Export and erasure. */
export const door: Door = {
  name: 'privacy',
  tables: Object.values(privacy),
  personal: { tables: privacyData },
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
