import { row, rows } from '../../../../platform/db/rows.js';
import { as, columns, sql, type Sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { StandingInterval } from '../../../requirements/tables.js';
import { fitting, type AskedIntervals } from '../../asked-intervals.js';
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
import { pageOfList } from '../../../../platform/lib/lists/page-of-list.js';

/** People on one page of the list. */
const PAGE = 20;

/** The people of a room after a number, of whom some are looked for by name, or by how they stand on the day; and of how many. */
export async function roomList(look: RoomDay, { after, query }: { after: number; query: string }) {
  const { room, home, filters } = look;
  const isSearch = query !== '' && room.shows === 'names';
  const { shown: people, last } = isSearch
    ? { shown: await peopleFound(room, query), last: null }
    : await pageOfList(PAGE, limit => peopleOf(look, { after, limit }));
  return {
    columns: look.chosen.map(({ title }) => title),
    people: await personRows(look, people),
    caption: isSearch
      ? spoken('room.list.totalAll', { count: people.length })
      : await placeInList(look, { after, length: people.length }),
    next: last && hrefOf(`${home}/people`, { ...filters, after: String(last.number) }),
    isCut: isSearch && people.length === MOST_FOUND,
    canSearch: room.shows === 'names',
  };
}

/** "26 to 50 of 63", or of a list that fits on one page how many they are. */
async function placeInList(
  look: RoomDay,
  { after, length }: { readonly after: number; readonly length: number },
): Promise<string> {
  const [before, total] = [await countPeople(look, { upTo: after }), await countPeople(look)];
  return length === total
    ? spoken('room.list.totalAll', { count: total })
    : spoken('room.list.total', { from: before + 1, last: before + length, total });
}

/** People with how they stand with each requirement that is looked at and asks something of them, in this order. */
export async function personRows(look: RoomDay, people: readonly RoomMember[]) {
  const found = await standingsOf(
    people.map(({ membershipId }) => membershipId),
    await intervalsIn(look),
  );
  const cell = new Map(found.map(each => [`${each.membershipId} ${each.requirementId}`, each]));
  return people.map(person => ({
    ...calledIn(look.room, person),
    href: hrefOf(`${look.home}/people/${person.number}`, dayFilters(look)),
    cells: look.chosen.flatMap(({ id, title }) => cellOf(title, cell.get(`${person.membershipId} ${id}`))),
  }));
}

const cellOf = (title: string, found: FoundStanding | undefined) =>
  !found || found.standing === 'not-required'
    ? []
    : [{ title, tag: standingTag(found.standing), due: dueText(found.standing, found.dueDay) }];

/** So many people after a number. */
interface PartOfRoom {
  readonly after: number;
  readonly limit: number;
}

/** People of the list, in the order of their numbers. */
async function peopleOf(look: RoomDay, part: PartOfRoom) {
  const { room, filters } = look;
  if (filters.shown === null) return peopleAfter(room.id, part);
  const numbers = await standingAs(look, part);
  return (await peopleNumbered(room.id, numbers)).sort((one, other) => one.number - other.number);
}

/** The numbers of those who stand as asked with a requirement that is looked at. */
async function standingAs(look: RoomDay, { after, limit }: PartOfRoom): Promise<number[]> {
  const asked = await intervalsIn(look);
  if (isNobody(asked)) return [];
  const { condition, params } = fitting(asked, 4);
  const found = await rows(
    sql`select ${columns(RoomPerson, 'r', 'number')} from ${RoomPerson} r
        where r.room_id = $1 and r.number > $2 and ${standing(condition)}
        order by r.number limit $3`,
    [look.room.id, after, limit, ...params],
  );
  return found.map(({ number }) => number);
}

/** How many people the list has up to a number, or in all. */
async function countPeople(look: RoomDay, { upTo }: { readonly upTo?: number } = {}): Promise<number> {
  const { room, filters } = look;
  const people = room.people ?? 0;
  const most = upTo ?? people;
  // Numbers run from 1 without a gap.
  if (filters.shown === null || most === 0) return Math.min(most, people);
  const asked = await intervalsIn(look);
  if (isNobody(asked)) return 0;
  const { condition, params } = fitting(asked, 3);
  const found = await row(
    sql`select count(*) ${as('people', integer())} from ${RoomPerson} r
        where r.room_id = $1 and r.number <= $2 and ${standing(condition)}`,
    [room.id, most, ...params],
  );
  return Number(found?.people ?? 0);
}

const standing = (condition: Sql): Sql =>
  sql`r.membership_id in (select s.membership_id from ${StandingInterval} s where ${condition})`;

const isNobody = ({ requirementIds, unitIds }: AskedIntervals): boolean =>
  requirementIds.length === 0 || unitIds?.length === 0;
