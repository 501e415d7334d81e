import { wordsToFind } from '../../accounts/person-words.js';
import { database } from '../../db/connect.js';
import type { Param } from '../../db/lanes.js';
import { rows } from '../../db/rows.js';
import { codeBeginning, isId } from '../../lib/ids.js';
import { PERSON, type PersonRow } from '../queries.js';

/** Somebody who was found, and where a list goes on after them. */
export interface Found extends PersonRow {
  readonly next: string;
}

/** People shown for the beginning of a certificate's number. */
const MOST_BY_CODE = 20;

/**
 * People whose words begin with all words of the query, or who hold a certificate whose number begins with it; at most
 * `limit`, those that follow `after` (the `next` of somebody) when given. In the order of the word that was found and of
 * their ids; without a query everybody, in the order of their addresses. Costs the same however many people there are.
 */
export async function findPeople(query: string, after: string, limit: number): Promise<Found[]> {
  if (query.trim() === '') return everybody(after, limit);
  const named = await byWords(wordsToFind(query), after, limit);
  if (after !== '') return named;
  const code = codeBeginning(query);
  const holders = code ? await byCode(code) : [];
  const known = new Set(holders.map(({ id }) => id));
  return [...holders, ...named.filter(({ id }) => !known.has(id))];
}

/** The statement of a search by words, with its parameters: the longest word is looked up, the others are asked of each hit. */
export function statementOf(
  [first = '', ...others]: readonly string[],
  after: string,
  limit: number,
): { sql: string; params: Param[] } {
  const [afterId, afterWord] = [after.slice(0, 36), after.slice(37)];
  const from = isId(afterId) && afterWord.startsWith(first) ? [afterWord, afterId] : [first, ''];
  const params: Param[] = [first, end(first), ...from, limit, ...others.flatMap(word => [word, end(word)])];
  const also = others.map(
    (_, at) => `and exists (select 1 from person_words x where x.user_id = w.user_id
       and x.word >= $${6 + 2 * at} and x.word < $${7 + 2 * at})`,
  );
  const sql = `select ${PERSON}, w.user_id || ' ' || w.word as next
    from person_words w join users u on u.id = w.user_id
    where (w.word, w.user_id) > ($3, $4) and w.word < $2
      and not exists (select 1 from person_words e where e.user_id = w.user_id and e.word >= $1 and e.word < w.word)
      ${also.join(' ')}
    order by w.word, w.user_id limit $5`;
  return { sql, params };
}

async function byWords(words: readonly string[], after: string, limit: number): Promise<Found[]> {
  if (words.length === 0) return [];
  const { sql, params } = statementOf(words, after, limit);
  return rows<Found>(sql, params);
}

/** Their place in the list is before all others, so that nothing follows them. */
const byCode = (code: string): Promise<Found[]> =>
  rows<Found>(
    `select distinct ${PERSON}, '' as next from certificates c join users u on u.id = c.user_id
     where ${bytes('c.code')} >= $1 and ${bytes('c.code')} < $2 order by u.email limit ${MOST_BY_CODE}`,
    [code, end(code)],
  );

const everybody = (after: string, limit: number): Promise<Found[]> =>
  rows<Found>(
    `select ${PERSON}, u.email as next from users u
     where ${bytes('u.email')} > $1 order by ${bytes('u.email')} limit $2`,
    [after, limit],
  );

/** The beginning of a text is a range of it only in the order of its bytes, which SQLite has anyway. */
const bytes = (column: string): string =>
  database().dialect === 'postgres' ? `${column} collate "C"` : column;

/** What stands after all texts that begin so. */
const end = (beginning: string): string => `${beginning}\u{10ffff}`;
