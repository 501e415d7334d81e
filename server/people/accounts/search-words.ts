import { insertAll, rows } from '../../platform/db/rows.js';
import { columns, parameters, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { untilDone } from '../../platform/lib/lists/until-done.js';
import { foldedWords } from '../../platform/lib/text/folding.js';
import { hasAddress } from './no-address.js';
import { PersonWord, User } from './tables.js';

/** The longest word that the table holds. */
const LONGEST = 254;
/** Words kept for one person: more than a name has, and more than a search needs. */
const MOST_WORDS = 60;
/** The number of people whose words one transaction writes. */
const BATCH = 200;

/** The words by which a person is found: from the name, with and without its apostrophes, and from the address. */
export function personWords({ name, email }: { name: string; email: string }): string[] {
  const local = hasAddress(email) ? email.slice(0, email.lastIndexOf('@')) : '';
  const words = [...foldedWords(name), ...foldedWords(name.replace(APOSTROPHE, '')), ...foldedWords(local)];
  return unique([...(hasAddress(email) ? [email] : []), ...words]).slice(0, MOST_WORDS);
}

/**
 * The words of a search, the longest first: each is the beginning of one of the person's words. A part with an @ is the
 * beginning of an address.
 */
export const searchWords = (query: string): string[] =>
  typedWords(query)
    .sort((one, other) => other.length - one.length)
    .slice(0, MOST_ASKED);

/** The same as they were typed. */
export function typedWords(query: string): string[] {
  const parts = query.split(/\s+/).filter(part => part !== '');
  const words = parts.flatMap(part =>
    part.includes('@') ? [part.normalize('NFC').toLowerCase()] : foldedWords(part.replace(APOSTROPHE, '')),
  );
  return unique(words);
}

/** A search uses at most this many words. */
const MOST_ASKED = 6;

const APOSTROPHE = /['’ʼ]/g;

const unique = (words: readonly string[]): string[] => [
  ...new Set(words.map(word => word.slice(0, LONGEST))),
];

/** Write the words of a person whose name or address was just written. Joins the transaction. */
export async function indexPerson(userId: string): Promise<void> {
  await write(await rows(sql`${NAMED} where u.id = $1`, [userId]));
}

/** Write the words of everybody who has none yet, in batches. Returns the number of people. */
export const indexPeople = (): Promise<number> => untilDone(BATCH, indexBatch);

function indexBatch(): Promise<number> {
  return inTransaction(async () => {
    const due = await rows(sql`${NAMED} where u.words_due order by u.id limit ${BATCH}${toHold()}`);
    await write(due);
    return due.length;
  });
}

const NAMED = sql`select ${columns(User, 'u', 'id', 'name', 'email')} from ${User} u`;
type Named = Pick<Row<typeof User>, 'id' | 'name' | 'email'>;

async function write(people: readonly Named[]): Promise<void> {
  if (people.length === 0) return;
  const ids = people.map(({ id }) => id);
  const words = people.flatMap(person => personWords(person).map(word => ({ userId: person.id, word })));
  await rows(sql`delete from ${PersonWord} where user_id in (${parameters(ids.length)})`, ids);
  await insertAll(PersonWord, words);
  await rows(sql`update ${User} set words_due = $1 where id in (${parameters(ids.length, 2)})`, [
    false,
    ...ids,
  ]);
}
