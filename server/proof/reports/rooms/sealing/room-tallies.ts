import { rows } from '../../../../platform/db/rows.js';
import { sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { askedBy } from '../../standing-filters.js';
import { tallyAll, type Tallies } from '../../standing-tallies.js';
import { intervalsIn, type RoomDay } from '../room-day.js';
import { roomUnits } from './room-scope.js';
import type { StoredRoom } from '../stored-rooms.js';
import { AuditorRoom, RoomPerson } from '../tables.js';

const KEEP = sql`update ${AuditorRoom} set tallies = $2 where id = $1`;

/** Count how people stood on the last day of a room, as we knew it when its list was asked for, and keep that with the list. */
export async function keepTallies(room: StoredRoom): Promise<void> {
  const { id, organisationId, requirementIds, lastDay: day, knownAt: saidAt } = room;
  const unitIds = await roomUnits(room, [day]);
  const of = { organisationId, requirementIds, day, saidAt, unitIds };
  const counted = await tallyAll({ ...of, ...askedBy(null, day) });
  await inTransaction(() => rows(KEEP, [id, JSON.stringify(Object.fromEntries(counted))]));
}

/** By what was known on another day more people had to comply, of whom the room does not speak. */
const ofRoom = (place: number) =>
  sql`s.membership_id in (select r.membership_id from ${RoomPerson} r where r.room_id = $${place})`;

/** How people of a room stand on the day that is looked at. What was sealed is known already; any other day is counted. */
export async function talliesIn(look: RoomDay): Promise<Tallies> {
  const { room, filters } = look;
  if (filters.on === null && filters.known === null && room.tallies !== null)
    return new Map(Object.entries(JSON.parse(room.tallies) as Record<string, object>));
  const asked = await intervalsIn({ ...look, filters: { ...filters, shown: null } });
  return tallyAll(asked, { condition: ofRoom, param: room.id });
}
