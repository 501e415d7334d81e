import { User } from '../../people/accounts/tables.js';
import { Certificate } from '../../proof/certificates/tables.js';
import { row } from '../../platform/db/rows.js';
import { as, sql, type Sql } from '../../platform/db/sql.js';
import { integer } from '../../platform/db/table.js';
import { Cycle } from '../../teaching/learning/tables.js';

/** Counting stops here, so that the overview costs the same however many learners there are. */
export const MOST_COUNTED = 10_000;

/** The number of these rows, but no more than $1. An index holds just the rows of each figure. */
const upTo = (found: Sql): Sql =>
  sql`(select count(*) from (select 1 as one from ${found} limit $1) counted)`;

const CONFIRMED = sql`${User} where email_confirmed_at is not null`;
const LEARNING = sql`${Cycle} where completed_at is null and left_at is null`;
const COMPLETED = sql`${Cycle} where completed_at is not null`;
const ISSUED = sql`${Certificate} where issued_at is not null`;

/** $1: where counting stops. */
export const FIGURES = sql`select
  ${upTo(CONFIRMED)} ${as('people', integer())}, ${upTo(LEARNING)} ${as('learning', integer())},
  ${upTo(COMPLETED)} ${as('completed', integer())}, ${upTo(ISSUED)} ${as('certificates', integer())}`;

type Figure = 'people' | 'learning' | 'completed' | 'certificates';

/** The figures of the overview; null for one that is above `most`. */
export async function installationFigures(most = MOST_COUNTED): Promise<Record<Figure, number | null>> {
  const found = await row(FIGURES, [most + 1]);
  const shown = (name: Figure) => (found && found[name] <= most ? found[name] : null);
  return {
    people: shown('people'),
    learning: shown('learning'),
    completed: shown('completed'),
    certificates: shown('certificates'),
  };
}
