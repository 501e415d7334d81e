import type { Door } from '../../door.js';
import { commands } from './commands.js';
import { apiTokenEvents } from './events.js';
import { apiTokenReactions } from './reactions.js';
import { tokenPages } from './routes.js';
import { apiTokenRoutines } from './routines.js';
import * as apiTokens from './tables.js';

/** What programs of an organisation prove themselves with. */
export const door: Door = {
  name: 'api-tokens',
  tables: Object.values(apiTokens),
  events: apiTokenEvents,
  reactions: apiTokenReactions,
  routines: apiTokenRoutines,
  commands,
  web: { proofFirst: ['/organisations/:id/tokens/new'], pages: deps => [tokenPages(deps)] },
};
