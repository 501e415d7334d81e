import { row } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { MemberWord } from '../tables.js';

/** What comes after all texts with this beginning. */
export const beyond = (beginning: string): string => `${beginning}\u{10ffff}`;

/** How the name of somebody may begin who is looked for by some words: as typed, and of two also the other way round. */
export function namesOf([one = '', other, ...more]: readonly string[]): string[] {
  if (other === undefined) return [one];
  const typed = [one, other, ...more].join(' ');
  return more.length === 0 ? [typed, `${other} ${one}`] : [typed];
}

/** Those of these names at which a list goes on after a place: it comes to them one after the other. */
export const namesFrom = (names: readonly string[], after: string): readonly string[] =>
  names.slice(
    Math.max(
      0,
      names.findIndex(name => after.slice(38).startsWith(name)),
    ),
  );

/** Words of one kind that are counted: more is many. */
const MANY = 2_000;

const COUNTED = sql`select count(*) ${as('count', integer())} from (
  select 1 from ${MemberWord} w where w.organisation_id = $1 and w.word >= $2 and w.word < $3 limit ${MANY}) counted`;

/** The word that the fewest people of an organisation have, the first of several; `isOfMany`: even this one. */
export async function rarestOf(
  organisationId: string,
  words: readonly string[],
): Promise<{ readonly word: string; readonly isOfMany: boolean }> {
  let rarest = { word: words[0] ?? '', count: Infinity };
  for (const word of words) {
    const count = Number((await row(COUNTED, [organisationId, word, beyond(word)]))?.count ?? 0);
    if (count < rarest.count) rarest = { word, count };
  }
  return { word: rarest.word, isOfMany: rarest.count >= MANY };
}
