import { searchWords } from '../../accounts/search-words.js';
import { User } from '../../accounts/tables.js';
import type { Param } from '../../db/lanes.js';
import { rows } from '../../db/rows.js';
import { as, columns, orNull, parameters, renamed, sql, type Sql } from '../../db/sql.js';
import { text } from '../../db/table.js';
import type { Actor } from '../../policy.js';
import { visibleTo } from '../reach.js';
import { Membership, MembershipPerson, MemberWord, Placement, Unit } from '../tables.js';

/** A list of an organisation's people: what is looked for ('': everybody), after which place in it, and how many. */
export interface AskedMembers {
  readonly organisationId: string;
  readonly query: string;
  readonly after: string;
  readonly limit: number;
}

const PERSON = sql`${columns(Membership, 'm', 'id', 'userId', 'employment', 'sortName')},
  ${orNull(columns(MembershipPerson, 'p', 'name', 'email', 'staffNumber'))},
  ${orNull(renamed(User, 'u', { accountName: 'name', accountEmail: 'email' }))},
  ${orNull(renamed(Unit, 'h', { unit: 'name' }))}`;

/** What is known of a membership by name, and the unit at which it counts, or counted last. */
const BESIDE = sql`left join ${MembershipPerson} p on p.membership_id = m.id
  left join ${User} u on u.id = m.user_id
  left join ${Placement} w on w.membership_id = m.id and w.has_reach and w.is_home
  left join ${Unit} h on h.id = w.unit_id`;

/**
 * People of an organisation whom `actor` may see, whose words begin with all words of the query. Everybody comes in the order
 * of names; those who were found, in the order of the word that was found. `next` is where the list continues after a
 * person.
 */
export async function findMembers(actor: Actor, asked: AskedMembers) {
  const { query, params } = await membersQuery(actor, asked);
  return query === null ? [] : rows(query, params);
}

/** The statement that `findMembers` asks; null where nothing that can be found was typed. */
export async function membersQuery(actor: Actor, asked: AskedMembers) {
  if (asked.query.trim() === '') return everybody(actor, asked);
  const words = searchWords(asked.query);
  return words.length === 0 ? { query: null, params: [] } : byWords(actor, words, asked);
}

async function everybody(actor: Actor, { organisationId, after, limit }: AskedMembers) {
  const [id, name] = [after.slice(0, 36), after.slice(37)];
  const reach = await visibleTo(actor, { alias: sql`m`, first: 5 });
  const [people, seen] = reach.few
    ? [sql`(${reach.few}) r cross join ${Membership} m`, sql`m.id = r.membership_id`]
    : [sql`${Membership} m`, reach.condition];
  const query = sql`select ${PERSON}, m.id || ' ' || m.sort_name ${as('next', text())} from (
      select m.id from ${people}
      where m.organisation_id = $1 and (m.sort_name, m.id) > ($2, $3) and m.merged_into is null and ${seen}
      order by m.sort_name, m.id limit $4
    ) f join ${Membership} m on m.id = f.id ${BESIDE} order by m.sort_name, m.id`;
  return { query, params: [organisationId, name, id, limit, ...reach.params] };
}

/** Words, as rows that `visibleTo` can limit. */
const WORDS = sql`(select word, membership_id as id, organisation_id from ${MemberWord})`;

/**
 * The longest word, which comes first, is looked up; the others are checked for each hit, or gathered first where many hits are
 * out of reach.
 */
async function byWords(
  actor: Actor,
  [first = '', ...others]: readonly string[],
  { organisationId, after, limit }: AskedMembers,
) {
  const [id, word] = after === '' ? ['', first] : [after.slice(0, 36), after.slice(37)];
  const params: Param[] = [organisationId, first, end(first), word, id, limit];
  params.push(...others.flatMap(other => [other, end(other)]));
  const reach = await visibleTo(actor, { alias: sql`m`, first: params.length + 1 });
  const has = reach.isAsked ? isAmong : hasWord;
  const also = others.reduce((some, _, at) => sql`${some} and ${has(7 + 2 * at)}`, sql``);
  const query = sql`select ${PERSON}, f.id || ' ' || f.word ${as('next', text())} from (
      select m.word, m.id from ${WORDS} m
      where m.organisation_id = $1 and (m.word, m.id) > ($4, $5) and m.word < $3
        ${also} and ${reach.condition}
        and not exists (select 1 from ${MemberWord} e
          where e.membership_id = m.id and e.word >= $2 and e.word < m.word)
      order by m.word, m.id limit $6
    ) f join ${Membership} m on m.id = f.id ${BESIDE} order by f.word, f.id`;
  return { query, params: [...params, ...reach.params] };
}

/** The person has a word between two parameters, of which this is the first one's number. */
const hasWord = (from: number): Sql =>
  sql`exists (select 1 from ${MemberWord} x where x.membership_id = m.id
    and x.word >= $${from} and x.word < $${from + 1})`;

/** The same, asked of all people at once. */
const isAmong = (from: number): Sql =>
  sql`m.id in (select x.membership_id from ${MemberWord} x where x.organisation_id = $1
    and x.word >= $${from} and x.word < $${from + 1})`;

/** What comes after all texts with this beginning. */
const end = (beginning: string): string => `${beginning}\u{10ffff}`;

const ONE = sql`select ${PERSON}, ${columns(Membership, 'm', 'organisationId', 'hiredOn', 'createdAt', 'mergedInto')}
  from ${Membership} m ${BESIDE} where m.organisation_id = $1 and m.id = $2`;

/** One person of an organisation, or null. */
export const findMember = async (organisationId: string, membershipId: string) =>
  (await rows(ONE, [organisationId, membershipId]))[0] ?? null;

/** Those of these people, by their accounts, whom an organisation has and `actor` may see there. */
export async function membersOf(actor: Actor, organisationId: string, userIds: readonly string[]) {
  const reach = await visibleTo(actor, { alias: sql`m`, first: userIds.length + 2 });
  return rows(
    sql`select ${PERSON}, '' ${as('next', text())} from ${Membership} m ${BESIDE}
        where m.organisation_id = $1 and m.user_id in (${parameters(userIds.length, 2)}) and ${reach.condition}
        order by m.sort_name, m.id`,
    [organisationId, ...userIds, ...reach.params],
  );
}
