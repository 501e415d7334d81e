import type { Door } from '../door.js';
import { commands } from './commands.js';

/** Copies of an installation. */
export const door: Door = {
  name: 'backup',
  commands,
};
