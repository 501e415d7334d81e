import { insertList, listed, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { chunks } from '../lib/lists/chunks.js';
import { hasNothing, sumsText, type Added, type SumPlace, type Sums } from './sums.js';
import { KeptSum } from './tables.js';

const KEPT = sql`select ${columns(KeptSum, 'k', 'subject', 'part', 'name', 'sums')} from ${KeptSum} k`;

const read = ({ sums, ...place }: Omit<Row<typeof KeptSum>, 'figure'>): Added => ({
  ...place,
  sums: JSON.parse(sums) as Sums,
});

const OF_PART = sql`${KEPT} where k.figure = $1 and k.subject = $2 and k.part = $3 order by k.name`;

/** The sums of a part of a subject, by their names. */
export const keptPart = async (figure: string, subject: string, part: string): Promise<Added[]> =>
  (await rows(OF_PART, [figure, subject, part])).map(read);

const OF_SUBJECT = sql`${KEPT} where k.figure = $1 and k.subject = $2 order by k.part, k.name`;

/** All sums of a subject. */
export const keptOf = async (figure: string, subject: string): Promise<Added[]> =>
  (await rows(OF_SUBJECT, [figure, subject])).map(read);

const SUBJECTS = sql`select distinct ${columns(KeptSum, 'k', 'subject')} from ${KeptSum} k where k.figure = $1 order by 1`;

/** Whatever has sums. */
export const keptSubjects = async (figure: string): Promise<string[]> =>
  (await rows(SUBJECTS, [figure])).map(({ subject }) => subject);

const PARTS_WITH = sql`select ${columns(KeptSum, 'k', 'part')} from ${KeptSum} k
  where k.figure = $1 and k.subject = $2 and k.name = $3 order by k.part`;

/** The parts of a subject that have sums under a name. */
export const keptPartsWith = async (figure: string, subject: string, name: string): Promise<string[]> =>
  (await rows(PARTS_WITH, [figure, subject, name])).map(({ part }) => part);

const NAMED = sql`${KEPT} where k.figure = $1 and k.name = $2 order by k.subject, k.part`;

/** The sums under one name, of every subject. */
export const keptNamed = async (figure: string, name: string): Promise<Added[]> =>
  (await rows(NAMED, [figure, name])).map(read);

const AT =
  () => sql`select ${columns(KeptSum, 'k', 'subject', 'part', 'name', 'sums')} from ${listed(2)} as list
  join ${KeptSum} k on k.figure = $1 and k.subject = list.value ->> 0 and k.part = list.value ->> 1 and k.name = list.value ->> 2`;

/** The sums at these places, of those that have any. */
export const keptAt = async (figure: string, places: readonly SumPlace[]): Promise<Added[]> =>
  (
    await rows(AT(), [figure, JSON.stringify(places.map(({ subject, part, name }) => [subject, part, name]))])
  ).map(read);

/** Rows of one statement: each may hold some thousand characters. */
const MOST_ROWS = 50;

const INSTEAD = sql`on conflict (figure, subject, part, name) do update set sums = excluded.sums`;

const REMOVE = sql`delete from ${KeptSum} where figure = $1 and subject = $2 and part = $3 and name = $4`;

/** Keep these sums in the place of those before. Joins the transaction. Where nothing is left, nothing is kept. */
export async function keepSums(figure: string, all: readonly Added[]): Promise<void> {
  const kept = all.filter(({ sums }) => !hasNothing(sums));
  const texts = kept.map(({ subject, part, name, sums }) => ({
    figure,
    subject,
    part,
    name,
    sums: sumsText(sums),
  }));
  for (const some of chunks(texts, MOST_ROWS)) await insertList(KeptSum, some, INSTEAD);
  for (const { subject, part, name } of all.filter(({ sums }) => hasNothing(sums)))
    await rows(REMOVE, [figure, subject, part, name]);
}
