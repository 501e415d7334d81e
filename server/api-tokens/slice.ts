import type { Door } from '../door.js';
import { commands } from './commands.js';
import { tokenPages } from './routes.js';
import * as apiTokens from './tables.js';

/** What programs of an organisation prove themselves with. */
export const door: Door = {
  name: 'api-tokens',
  tables: Object.values(apiTokens),
  commands,
  web: { proofFirst: ['/organisations/:id/tokens/new'], pages: deps => [tokenPages(deps)] },
};
