import type { Door } from '../../door.js';
import { provisioningEvents } from './events.js';
import { eraseProvisioned } from './people/count-people.js';
import { provisioningData } from './provisioning-data.js';
import { scim } from './routes.js';
import { provisioningRoutines } from './routines.js';
import { provisioningPages } from './settings/routes-directory.js';
import * as provisioning from './tables.js';

/** Staff directories, over SCIM 2.0. */
export const door: Door = {
  name: 'provisioning',
  tables: Object.values(provisioning),
  personal: { tables: provisioningData, erase: eraseProvisioned },
  events: provisioningEvents,
  routines: provisioningRoutines,
  web: {
    programs: { '/scim/v2': scim },
    proofFirst: ['/organisations/:id/provisioning'],
    pages: deps => [provisioningPages(deps)],
  },
};
