import type { Door } from '../../door.js';

/** Questions: the contract, the registry and one folder for each type. */
export const door: Door = { name: 'questions' };
