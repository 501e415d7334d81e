import type { Door } from '../../door.js';

/** Finds sentences that the style forbids. */
export const door: Door = { name: 'language' };
