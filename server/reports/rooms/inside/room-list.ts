import { rows } from '../../../db/rows.js';
import { columns, sql } from '../../../db/sql.js';
import { StandingInterval } from '../../../requirements/tables.js';
import { fitting } from '../../asked-intervals.js';
import { standingsOf, type FoundStanding } from '../../find-standings.js';
import { hrefOf } from '../../standing-filters.js';
import { dueText, standingTag } from '../../standing-signs.js';
import { dayFilters, intervalsIn, type RoomDay } from '../room-day.js';
import { calledIn } from '../room-names.js';
import {
  MOST_FOUND,
  peopleAfter,
  peopleFound,
  peopleNumbered,
  type RoomMember,
} from '../sealing/room-people.js';
import { RoomPerson } from '../tables.js';

/** People on one page of the list. */
const PAGE = 50;

/** The people of a room after a number, of whom some are looked for by name, or by how they stand on the day. */
export async function roomList(look: RoomDay, { after, query }: { after: number; query: string }) {
  const { room, home, filters } = look;
  const people = await peopleOf(look, { after, query });
  const next = { ...filters, after: String(people.at(-1)?.number ?? '') };
  return {
    columns: look.chosen.map(({ title }) => title),
    people: await personRows(look, people),
    next: query === '' && people.length === PAGE ? hrefOf(`${home}/people`, next) : null,
    isCut: query !== '' && people.length === MOST_FOUND,
    canSearch: room.shows === 'names',
  };
}

/** People with how they stand with each requirement that is looked at, in this order. */
export async function personRows(look: RoomDay, people: readonly RoomMember[]) {
  const found = await standingsOf(
    people.map(({ membershipId }) => membershipId),
    await intervalsIn(look),
  );
  const cell = new Map(found.map(each => [`${each.membershipId} ${each.requirementId}`, each]));
  return people.map(person => ({
    ...calledIn(look.room, person),
    href: hrefOf(`${look.home}/people/${person.number}`, dayFilters(look)),
    cells: look.chosen.map(({ id }) => cellOf(cell.get(`${person.membershipId} ${id}`))),
  }));
}

/** Null: nothing was required of them on that day. */
const cellOf = (found: FoundStanding | undefined) =>
  !found || found.standing === 'not-required'
    ? null
    : { tag: standingTag(found.standing), due: dueText(found.standing, found.dueDay) };

async function peopleOf(look: RoomDay, { after, query }: { after: number; query: string }) {
  const { room, filters } = look;
  if (query !== '' && room.shows === 'names') return peopleFound(room, query);
  if (filters.shown === null) return peopleAfter(room.id, { after, limit: PAGE });
  const numbers = await standingAs(look, after);
  return (await peopleNumbered(room.id, numbers)).sort((one, other) => one.number - other.number);
}

/** The numbers of those who stand as asked with a requirement that is looked at. */
async function standingAs(look: RoomDay, after: number): Promise<number[]> {
  const asked = await intervalsIn(look);
  if (asked.requirementIds.length === 0 || asked.unitIds?.length === 0) return [];
  const { condition, params } = fitting(asked, 4);
  const found = await rows(
    sql`select ${columns(RoomPerson, 'r', 'number')} from ${RoomPerson} r
        where r.room_id = $1 and r.number > $2
          and r.membership_id in (select s.membership_id from ${StandingInterval} s where ${condition})
        order by r.number limit $3`,
    [look.room.id, after, PAGE, ...params],
  );
  return found.map(({ number }) => number);
}
