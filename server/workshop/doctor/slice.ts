import type { Door } from '../../door.js';
import { commands } from './commands.js';

/** What an installation depends on, checked. */
export const door: Door = {
  name: 'doctor',
  commands,
};
