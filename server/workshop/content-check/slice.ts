import type { Door } from '../../door.js';
import { commands } from './commands.js';

/** Checks everything under modules/. */
export const door: Door = {
  name: 'content-check',
  commands,
};
