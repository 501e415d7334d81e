import { User } from '../../../../people/accounts/tables.js';
import { searchWords } from '../../../../people/accounts/search-words.js';
import type { Param } from '../../../../platform/db/lanes.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../../platform/db/sql.js';
import { Membership, MembershipPerson, MemberWord } from '../../../../people/organisations/tables.js';
import type { StoredRoom } from '../stored-rooms.js';
import { RoomPerson } from '../tables.js';

const PERSON = sql`${columns(RoomPerson, 'r', 'number', 'membershipId')}, ${columns(Membership, 'm', 'userId')},
  ${orNull(columns(MembershipPerson, 'p', 'name', 'staffNumber'))}, ${orNull(renamed(User, 'u', { accountName: 'name', erasedAt: 'erasedAt' }))}`;

const BESIDE = sql`join ${Membership} m on m.id = r.membership_id
  left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id`;

/** People of a room by their numbers, after one of them. */
export const peopleAfter = (roomId: string, { after, limit }: { after: number; limit: number }) =>
  rows(
    sql`select ${PERSON} from ${RoomPerson} r ${BESIDE} where r.room_id = $1 and r.number > $2 order by r.number limit $3`,
    [roomId, after, limit],
  );

/** Somebody in a room: their number there, and what the organisation calls them. */
export type RoomMember = Awaited<ReturnType<typeof peopleAfter>>[number];

/** The people with these numbers, in no order. */
export const peopleNumbered = async (roomId: string, numbers: readonly number[]): Promise<RoomMember[]> =>
  numbers.length === 0
    ? []
    : rows(
        sql`select ${PERSON} from ${RoomPerson} r ${BESIDE}
            where r.room_id = $1 and r.number in (${parameters(numbers.length, 2)})`,
        [roomId, ...numbers],
      );

/** The most that a search shows: whoever finds more types another word. */
export const MOST_FOUND = 50;

/** The people of a room whose words begin with all words that were typed, at most `MOST_FOUND`, by their numbers. */
export async function peopleFound({ id, organisationId }: StoredRoom, query: string): Promise<RoomMember[]> {
  const words = searchWords(query);
  const [first, ...others] = words;
  if (first === undefined) return [];
  const params: Param[] = [id, organisationId, ...range(first), ...others.flatMap(range)];
  const also = others.reduce(
    (
      all,
      _,
      at,
    ) => sql`${all} and exists (select 1 from ${MemberWord} x where x.membership_id = w.membership_id
      and x.word >= $${5 + 2 * at} and x.word < $${6 + 2 * at})`,
    sql``,
  );
  return rows(
    sql`select ${PERSON} from (
          select distinct n.number from ${MemberWord} w join ${RoomPerson} n on n.membership_id = w.membership_id and n.room_id = $1
          where w.organisation_id = $2 and w.word >= $3 and w.word < $4 ${also} order by n.number limit ${MOST_FOUND}
        ) f join ${RoomPerson} r on r.room_id = $1 and r.number = f.number ${BESIDE} order by r.number`,
    params,
  );
}

/** From a beginning to what comes after all texts that begin so. */
const range = (beginning: string): [string, string] => [beginning, `${beginning}\u{10ffff}`];
