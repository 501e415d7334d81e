import type { Door } from '../../door.js';
import { commands } from './commands.js';
import { backupEvents } from './events.js';

/** Copies of an installation. */
export const door: Door = {
  name: 'backup',
  events: backupEvents,
  commands,
};
