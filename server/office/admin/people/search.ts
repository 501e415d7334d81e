import { searchWords } from '../../../people/accounts/search-words.js';
import { PersonWord, User } from '../../../people/accounts/tables.js';
import { Certificate } from '../../../proof/certificates/tables.js';
import { database } from '../../../platform/db/connect.js';
import type { Param } from '../../../platform/db/lanes.js';
import { rows } from '../../../platform/db/rows.js';
import { as, renamed, sql, type Sql } from '../../../platform/db/sql.js';
import { text } from '../../../platform/db/table.js';
import { codeBeginning, isId } from '../../../platform/lib/ids.js';
import { PERSON, type PersonRow } from './person.js';

/** A person who was found; `next` is where the list continues after them. */
export interface FoundPerson extends PersonRow {
  readonly next: string;
}

/** How many people are shown for the beginning of a certificate's number. */
const MOST_BY_CODE = 20;

/**
 * People whose words begin with all words of the query, or who hold a certificate whose number begins with it; at most
 * `limit`, and only those after `after` (the `next` of a person) when it is given. They are in the order of the word that
 * was found and of their ids; without a query everybody is, in the order of addresses. Costs the same however many people
 * there are.
 */
export async function findPeople(query: string, after: string, limit: number): Promise<FoundPerson[]> {
  if (query.trim() === '') return everybody(after, limit);
  const named = await byWords(searchWords(query), after, limit);
  if (after !== '') return named;
  const code = codeBeginning(query);
  const holders = code ? await byCode(code) : [];
  const known = new Set(holders.map(({ id }) => id));
  return [...holders, ...named.filter(({ id }) => !known.has(id))];
}

/** The search for these words: the longest, which comes first, is looked up; the others are checked for each hit. */
export function searchByWords([first = '', ...others]: readonly string[], after: string, limit: number) {
  const params = [first, end(first), ...startAt(first, after), limit];
  const query = sql`select ${PERSON}, w.user_id || ' ' || w.word ${as('next', text())}
    from ${PersonWord} w join ${User} u on u.id = w.user_id
    where (w.word, w.user_id) > ($3, $4) and w.word < $2
      and not exists (select 1 from ${PersonWord} e where e.user_id = w.user_id and e.word >= $1 and e.word < w.word)
      ${others.map((_, at) => hasWord(params.length + 1 + 2 * at)).reduce(both, sql``)}
    order by w.word, w.user_id limit $5`;
  return { query, params: [...params, ...others.flatMap(word => [word, end(word)])] as Param[] };
}

/** The word and the id after which the list begins. */
function startAt(first: string, after: string): [string, string] {
  const [id, word] = [after.slice(0, 36), after.slice(37)];
  return isId(id) && word.startsWith(first) ? [word, id] : [first, ''];
}

/** The person has a word between two parameters, of which this is the first one's number. */
const hasWord = (from: number): Sql =>
  sql`and exists (select 1 from ${PersonWord} x where x.user_id = w.user_id
    and x.word >= $${from} and x.word < $${from + 1})`;

const both = (some: Sql, more: Sql): Sql => sql`${some} ${more}`;

async function byWords(words: readonly string[], after: string, limit: number): Promise<FoundPerson[]> {
  if (words.length === 0) return [];
  const { query, params } = searchByWords(words, after, limit);
  return rows(query, params);
}

/** They come before all others in the list, so that nothing follows them. */
const byCode = (code: string): Promise<FoundPerson[]> =>
  rows(
    sql`select distinct ${PERSON}, '' ${as('next', text())}
        from ${Certificate} c join ${User} u on u.id = c.user_id
        where c.code${inBytes()} >= $1 and c.code${inBytes()} < $2 order by u.email limit ${MOST_BY_CODE}`,
    [code, end(code)],
  );

const everybody = (after: string, limit: number): Promise<FoundPerson[]> =>
  rows(
    sql`select ${PERSON}, ${renamed(User, 'u', { next: 'email' })} from ${User} u
        where u.email${inBytes()} > $1 order by u.email${inBytes()} limit $2`,
    [after, limit],
  );

/** Texts with the same beginning are one range only in the order of their bytes, which SQLite uses anyway. */
const inBytes = (): Sql => (database().dialect === 'postgres' ? sql` collate "C"` : sql``);

/** What comes after all texts with this beginning. */
const end = (beginning: string): string => `${beginning}\u{10ffff}`;
