import type { Door } from '../../door.js';
import { commands } from './commands.js';

/** A whole course, taken over HTTP. */
export const door: Door = {
  name: 'smoke',
  commands,
};
