import { personal, type PersonalTable } from '../../../platform/db/personal-data.js';
import { AuditorRoom, RoomPerson, RoomReading, RoomRequest } from './tables.js';

const ROOM_OF_AUDITOR = { table: AuditorRoom, owner: { account: 'auditorId' } } as const;

/**
 * What this slice holds of a person: of an auditor, what they were shown, asked and read; of somebody whom a room shows, the
 * number that they have in it. Rooms stay, as the proof of who saw what: with them their requests and their logs.
 */
export const roomData: readonly PersonalTable[] = [
  personal(
    RoomReading,
    { through: 'roomId', of: ROOM_OF_AUDITOR },
    { exported: { as: 'read-in-rooms' }, erased: { do: 'keep', stays: 'decisions' } },
  ),
  personal(
    RoomRequest,
    { through: 'roomId', of: ROOM_OF_AUDITOR },
    {
      exported: { as: 'asked-in-rooms', without: ['answeredBy', 'closedBy'] },
      erased: { do: 'keep', stays: 'decisions' },
    },
  ),
  personal(
    AuditorRoom,
    { account: 'auditorId' },
    {
      exported: { as: 'auditor-rooms', without: ['tokenHash', 'madeBy', 'endedBy', 'fileId'] },
      erased: { do: 'blank', columns: { email: '' }, stays: 'decisions' },
    },
  ),
  personal(
    RoomPerson,
    { membership: 'membershipId' },
    {
      exported: { as: 'shown-in-rooms' },
      erased: { do: 'keep', stays: 'duties' },
    },
  ),
];
