import type { Door } from '../../door.js';

/** Course content as files: schema, loading, references, drawing. */
export const door: Door = { name: 'content' };
