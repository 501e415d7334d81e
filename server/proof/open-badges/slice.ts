import type { Door } from '../../door.js';

/** The format of certificates: proofs, status lists, readers for PDF, PNG and SVG. */
export const door: Door = { name: 'open-badges' };
