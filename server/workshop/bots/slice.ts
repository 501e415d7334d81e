import type { Door } from '../../door.js';
import { commands } from './commands.js';

/** Simulated learners. */
export const door: Door = {
  name: 'bots',
  commands,
};
