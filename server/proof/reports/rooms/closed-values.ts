import { spoken } from '../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import type { ClosedRoom } from './open-room.js';
import type { RoomState } from './room-state.js';

const WHY: Partial<Record<RoomState, 'over' | 'insider'>> = { over: 'over', open: 'insider' };

/** What the auditor of a closed room is told: which it was, why it is closed, and whom to ask. */
export const closedValues = ({ room, state }: ClosedRoom) => ({
  title: room.title,
  organisation: room.organisation,
  why: spoken(`room.closed.${WHY[state] ?? 'ended'}`, {
    last: dayWords(daysAfter(room.untilDay, -1)),
  }),
  keeper:
    room.keeper === null || room.keeperEmail === null ? null : { name: room.keeper, email: room.keeperEmail },
});
