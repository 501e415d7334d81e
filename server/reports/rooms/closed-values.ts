import { spoken } from '../../i18n/spoken.js';
import { daysAfter } from '../../lib/days.js';
import { dayWords } from '../../organisations/day-words.js';
import type { StoredRoom } from './stored-rooms.js';

/** What the auditor of a closed room is told: which it was, since when it is closed, and whom to ask. */
export const closedValues = (room: StoredRoom) => ({
  title: room.title,
  organisation: room.organisation,
  why: spoken(room.endedAt === null ? 'room.closed.over' : 'room.closed.ended', {
    last: dayWords(daysAfter(room.untilDay, -1)),
  }),
  keeper:
    room.keeper === null || room.keeperEmail === null ? null : { name: room.keeper, email: room.keeperEmail },
});
