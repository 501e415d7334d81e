import type { Door } from '../../door.js';
import { commands } from './commands.js';

/** Counts which claimed points learners meet. */
export const door: Door = {
  name: 'points',
  commands,
};
