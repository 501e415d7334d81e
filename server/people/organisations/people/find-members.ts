import { searchWords, typedWords } from '../../accounts/search-words.js';
import { User } from '../../accounts/tables.js';
import { database } from '../../../platform/db/connect.js';
import type { Param } from '../../../platform/db/lanes.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql, type Sql } from '../../../platform/db/sql.js';
import { text } from '../../../platform/db/table.js';
import type { Actor } from '../../../policy.js';
import { visibleTo } from '../reach.js';
import { beyond, namesFrom, namesOf, rarestOf } from './asked-words.js';
import { CertificateName, Membership, MembershipPerson, MemberWord, Placement, Unit } from '../tables.js';
import { goingOn, LAST, nextByName } from './next-by-name.js';

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
 * People of an organisation whom `actor` may see, whose words begin with all words of the query. Everybody comes in the order of
 * names; of those who were found by several words first those whose name begins with them, in the order of names, and then the
 * others, in the order of the word that was found. `next` is where the list continues after a person.
 */
export async function findMembers(actor: Actor, asked: AskedMembers) {
  const found: Awaited<ReturnType<typeof peopleIn>> = [];
  for (const ask of await memberLists(actor, asked)) {
    found.push(...(await peopleIn(await ask(asked.limit - found.length))));
    if (found.length >= asked.limit) break;
  }
  return found;
}

const peopleIn = ({ query, params }: Awaited<ReturnType<typeof everybody>>) => rows(query, params);

/** The statements that `findMembers` asks one after the other, each for as many as are still wanted; none where nothing can be found. */
export async function memberLists(actor: Actor, asked: AskedMembers): Promise<MemberList[]> {
  const { query, organisationId, after } = asked;
  if (query.trim() === '') return [limit => everybody(actor, { ...asked, limit })];
  const words = searchWords(query);
  if (words.length === 0) return [];
  const names = namesOf(typedWords(query));
  const begun = afterWord(after);
  const found = words.find(word => begun?.startsWith(word));
  const { word, isOfMany } = found ? { word: found, isOfMany: true } : await rarestOf(organisationId, words);
  const ordered = [word, ...words.filter(each => each !== word)];
  return [
    ...(begun === null ? namesFrom(names, after) : []).map(
      name => (limit: number) => byName(actor, name, { ...asked, limit }),
    ),
    limit =>
      byWords(actor, ordered, { ...asked, limit, names, isOfMany, after: begun === null ? '' : after }),
  ];
}

type MemberList = (limit: number) => ReturnType<typeof everybody>;

/** The word after which a list goes on; null: it begins, or goes on among the names, which are marked by one more space. */
const afterWord = (after: string): string | null =>
  after === '' || after.startsWith(' ', 37) ? null : after.slice(37);

async function everybody(actor: Actor, { organisationId, after, limit }: AskedMembers) {
  const [id, name] = [after.slice(0, 36), after.slice(37)];
  const [also, params] = [sql`m.merged_into is null`, []];
  const asked = { organisationId, units: null, after: { name, id }, before: LAST, limit, also, params };
  return listedBy(sql`f.id || ' ' || f.sort_name`, await nextByName(actor, asked));
}

/** Those whose name begins with some words, as they are written in lists: of many of one full name the first are found at once. */
async function byName(actor: Actor, name: string, { organisationId, after, limit }: AskedMembers) {
  const [id, from] = after.slice(38).startsWith(name) ? [after.slice(0, 36), after.slice(38)] : ['', name];
  const asked = { organisationId, units: null, after: { name: from, id }, before: beyond(name), limit };
  const also = sql`exists (select 1 from ${MemberWord} x where x.membership_id = m.id)`;
  return listedBy(sql`f.id || '  ' || f.sort_name`, await nextByName(actor, { ...asked, also, params: [] }));
}

const FOUND = sql`join ${Membership} m on m.id = f.id ${BESIDE}`;

/** `next`: where the list goes on after somebody. */
const listedBy = (next: Sql, { people, params }: Awaited<ReturnType<typeof nextByName>>) => ({
  query: sql`select ${PERSON}, ${next} ${as('next', text())} from (${people}) f ${FOUND} order by f.sort_name, f.id`,
  params,
});

const AFTER_WORD = goingOn({ text: sql`m.word`, id: sql`m.id` }, 4);

/** Words, as rows that `visibleTo` can limit. */
const WORDS = sql`(select word, membership_id as id, organisation_id from ${MemberWord})`;

/** Those of some people. SQLite is kept from looking among all words of the organisation; PostgreSQL knows which are fewer. */
const wordsOf = (people: Sql): Sql => {
  const organisation =
    database().dialect === 'sqlite' ? sql`w.organisation_id || ''` : sql`w.organisation_id`;
  return sql`(select w.word, w.membership_id as id, ${organisation} as organisation_id
    from (${people}) r cross join ${MemberWord} w where w.membership_id = r.membership_id)`;
};

/** `names`: whose name begins with one of these was found before. `isOfMany`: even the first word is. */
interface AskedWords extends AskedMembers {
  readonly names: readonly string[];
  readonly isOfMany: boolean;
}

/** The first word is looked up; the others are checked for each hit, or gathered first where there may be many hits. */
async function byWords(
  actor: Actor,
  [first = '', ...others]: readonly string[],
  { organisationId, names, isOfMany, after, limit }: AskedWords,
) {
  const [id, word] = after === '' ? ['', first] : [after.slice(0, 36), after.slice(37)];
  const params: Param[] = [organisationId, first, beyond(first), word, id, limit];
  params.push(...[...others, ...names].flatMap(each => [each, beyond(each)]));
  const reach = await visibleTo(actor, { alias: sql`m`, first: params.length + 1, isWalked: !isOfMany });
  const words = reach.few ? wordsOf(reach.few) : WORDS;
  const has = isOfMany && !reach.few ? isAmong : hasWord;
  const also = others.reduce((some, _, at) => sql`${some} and ${has(7 + 2 * at)}`, sql``);
  const known = names.reduce(
    (some, _, at) => sql`${some} and ${isNamedOtherwise(7 + 2 * (others.length + at))}`,
    sql``,
  );
  const query = sql`select ${PERSON}, f.id || ' ' || f.word ${as('next', text())} from (
      select m.word, m.id from ${words} m
      where m.organisation_id = $1 and ${AFTER_WORD} and m.word < $3
        and ${reach.few ? sql`true` : reach.condition} ${also}
        and not exists (select 1 from ${MemberWord} e
          where e.membership_id = m.id and e.word >= $2 and e.word < m.word) ${known}
      order by m.word, m.id limit $6
    ) f ${FOUND} order by f.word, f.id`;
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

/** The name does not begin with a parameter, of which this is the number. */
const isNamedOtherwise = (from: number): Sql =>
  sql`not exists (select 1 from ${Membership} n where n.id = m.id and n.sort_name >= $${from} and n.sort_name < $${from + 1})`;

const ONE = sql`select ${PERSON}, ${columns(Membership, 'm', 'organisationId', 'hiredOn', 'createdAt', 'mergedInto')},
    ${orNull(renamed(CertificateName, 'n', { certificateName: 'name' }))}
  from ${Membership} m ${BESIDE} left join ${CertificateName} n on n.membership_id = m.id and n.user_id = m.user_id
  where m.organisation_id = $1 and m.id = $2`;

/** One person of an organisation, or null. */
export const findMember = async (organisationId: string, membershipId: string) =>
  (await rows(ONE, [organisationId, membershipId]))[0] ?? null;

/** Those of these people, by their accounts, whom an organisation has and `actor` may see there. */
export async function membersOf(actor: Actor, organisationId: string, userIds: readonly string[]) {
  const { query, params } = await membersStatement(actor, organisationId, userIds);
  return rows(query, params);
}

/** The statement of `membersOf`. Its order is one that no index has: SQLite would walk through all names to save sorting twenty. */
export async function membersStatement(actor: Actor, organisationId: string, userIds: readonly string[]) {
  const reach = await visibleTo(actor, { alias: sql`m`, first: userIds.length + 2 });
  const query = sql`select ${PERSON}, '' ${as('next', text())} from ${Membership} m ${BESIDE}
    where m.organisation_id = $1 and m.user_id in (${parameters(userIds.length, 2)}) and ${reach.condition}
    order by m.sort_name || '', m.id`;
  return { query, params: [organisationId, ...userIds, ...reach.params] };
}
