import { insert, row, rows } from '../db/rows.js';
import { as, columns, parameters, sql } from '../db/sql.js';
import { integer } from '../db/table.js';
import type { UncountedIn } from './kept-figure.js';
import { UncountedFact } from './tables.js';

/** A new fact is to be counted. In the transaction of the fact, and next to nothing: one row. */
export const countLater = (figure: string, fact: string): Promise<void> =>
  insert(UncountedFact, { figure, fact, was: null, changes: 0 });

const AGAIN = sql`insert into ${UncountedFact} (figure, fact, was, changes) values ($1, $2, $3, 0)
  on conflict (figure, fact) do update set changes = ${UncountedFact}.changes + 1`;

/**
 * A fact is no more what it was, and is to be counted anew: `was` is what it was until now. In the transaction of the change. What
 * has not been counted since an earlier change stays as it was counted.
 */
export const countAgain = (figure: string, fact: string, was: string): Promise<unknown> =>
  rows(AGAIN, [figure, fact, was]);

const NEXT = sql`select ${columns(UncountedFact, 'u', 'fact', 'was', 'changes')} from ${UncountedFact} u
  where u.figure = $1 order by u.fact limit $2`;

/** Some of the facts that are to be counted. */
export const nextUncounted = (figure: string, limit: number) => rows(NEXT, [figure, limit]);

/** So many facts wait only where everything is counted anew, as after an upgrade, or where the clock stands still. */
const MANY = 1_000;

const WAITING = sql`select 1 ${as('many', integer())} from ${UncountedFact} where figure = $1 limit 1 offset ${MANY}`;

/** Whether so much is not counted yet that pages say so: what they show is not all. */
export const isStillCounting = async (figure: string): Promise<boolean> =>
  (await row(WAITING, [figure])) !== null;

/** Those of these facts that are not counted as they are. Ask after the facts were read: a fact and its row come together. */
export const uncountedOf =
  (figure: string): UncountedIn =>
  async facts => {
    if (facts.length === 0) return new Map();
    const found = await rows(
      sql`select ${columns(UncountedFact, 'u', 'fact', 'was')} from ${UncountedFact} u
        where u.figure = $1 and u.fact in (${parameters(facts.length, 2)})`,
      [figure, ...facts],
    );
    return new Map(found.map(each => [each.fact, each]));
  };

/** These facts are gone. */
export async function forgetFacts(figure: string, facts: readonly string[]): Promise<void> {
  if (facts.length === 0) return;
  await rows(
    sql`delete from ${UncountedFact} where figure = $1 and fact in (${parameters(facts.length, 2)})`,
    [figure, ...facts],
  );
}
