import type { Door } from '../../door.js';
import { helpEvents } from './events.js';
import { firstCallData } from './first-call-data.js';
import { officeRoutes, routes } from './routes.js';
import * as help from './tables.js';

/** Cards, law by country, public and own hotlines. */
export const door: Door = {
  name: 'help',
  tables: Object.values(help),
  personal: { tables: firstCallData },
  events: helpEvents,
  web: { pages: deps => [routes(deps), officeRoutes(deps)] },
};
