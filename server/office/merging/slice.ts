import type { Door } from '../../door.js';
import { commands } from './commands.js';
import { mergingEvents } from './events.js';
import { mergeData } from './merge-data.js';
import { mergingReactions } from './reactions.js';
import { mergeAccountPages } from './routes-merge-accounts.js';
import { mergeMemberPages } from './routes-merge-members.js';
import * as merging from './tables.js';

/** Two accounts, or two entries, of one person. */
export const door: Door = {
  name: 'merging',
  tables: Object.values(merging),
  personal: { tables: mergeData },
  events: mergingEvents,
  reactions: mergingReactions,
  commands,
  web: { pages: deps => [mergeAccountPages(deps), mergeMemberPages(deps)] },
};
