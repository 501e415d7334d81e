import type { Door } from '../../door.js';

/** Bookings, chats, seat plans and other things that a person sees at work, as data. */
export const door: Door = { name: 'exhibits' };
