import { insertList, row, rows } from '../../../../platform/db/rows.js';
import { as, columns, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { Membership } from '../../../../people/organisations/tables.js';
import { StandingInterval } from '../../../requirements/tables.js';
import { inScope } from './room-scope.js';
import type { StoredRoom } from '../stored-rooms.js';
import { RoomPerson } from '../tables.js';

/** How many people one transaction writes. */
const BATCH = 500;

/**
 * Number the people of a room: everybody of whom its requirements asked something on any day of the period, as we said it when
 * the list was asked for. In the order of names where the room shows names; else of ids, which says nothing of anybody. A list that was cut off
 * goes on; nobody who was written gets another number.
 */
export async function listPeople(room: StoredRoom, progress: (done: number) => Promise<void>): Promise<void> {
  for (let isWhole = false; !isWhole;) isWhole = (await walk(room, progress)) === 0;
}

/** Once from the first to the last: somebody whose name changes meanwhile is found on the next walk. Returns how many were added. */
async function walk(room: StoredRoom, progress: (done: number) => Promise<void>): Promise<number> {
  let added = 0;
  for (let after = ['', '']; ;) {
    const found = await meant(room, after);
    const last = found.at(-1);
    if (!last) return added;
    const fresh = found.filter(({ listed }) => Number(listed) === 0);
    await progress(await inTransaction(() => number(room, fresh)));
    added += fresh.length;
    after = [last.sortName, last.id];
  }
}

/** The next people, in the order of the list; `listed` 1: they have a number already. */
async function meant(room: StoredRoom, [name = '', id = '']: readonly string[]) {
  const scope = await inScope(room, { first: 6, saidAt: room.knownAt });
  const [place, order] =
    room.shows === 'names'
      ? [sql`(m.sort_name, m.id) > ($2, $3)`, sql`m.sort_name, m.id`]
      : [sql`m.id > $3 and $2 = $2`, sql`m.id`];
  return rows(
    sql`select ${columns(Membership, 'm', 'id', 'sortName')},
          (select count(*) from ${RoomPerson} p where p.membership_id = m.id and p.room_id = $5) ${as('listed', integer())}
        from ${Membership} m where m.organisation_id = $1 and ${place}
          and exists (select 1 from ${StandingInterval} s where s.membership_id = m.id and ${scope.condition})
        order by ${order} limit $4`,
    [room.organisationId, name, id, BATCH, room.id, ...scope.params],
  );
}

const LAST = sql`select coalesce(max(p.number), 0) ${as('number', integer())} from ${RoomPerson} p where p.room_id = $1`;

/** Numbers go on from the last one. Joins the transaction. Returns the last one. */
async function number(
  { id: roomId, organisationId }: StoredRoom,
  people: readonly { id: string }[],
): Promise<number> {
  const last = Number((await row(LAST, [roomId]))?.number ?? 0);
  await insertList(
    RoomPerson,
    people.map(({ id: membershipId }, at) => ({
      roomId,
      number: last + at + 1,
      organisationId,
      membershipId,
    })),
  );
  return last + people.length;
}
