import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, notNull, sql } from '../../../platform/db/sql.js';
import { Attempt } from '../tables.js';
import { RegradeLine } from './tables.js';

const LINES = sql`select ${columns(
  RegradeLine,
  'l',
  'attemptId',
  'organisationId',
  'change',
  'certificate',
  'pointsBefore',
  'rightBefore',
  'pointsAfter',
  'rightAfter',
)}, ${columns(Attempt, 'a', 'userId', 'job')}, ${notNull(columns(Attempt, 'a', 'submittedAt', 'maxPoints'))},
    ${columns(User, 'u', 'name')}
  from ${RegradeLine} l join ${Attempt} a on a.id = l.attempt_id join ${User} u on u.id = a.user_id
  where l.regrade_id = $1 and l.attempt_id > $2 order by l.attempt_id limit $3`;

/** Lines of a regrade in the order of their attempts' ids, after `after`; at most `limit`. */
export const regradeLines = (regradeId: string, after: string, limit: number) =>
  rows(LINES, [regradeId, after, limit]);

/** What a regrade does to one attempt, and whose it is. Times are epoch milliseconds, points integers. */
export type LineRow = Awaited<ReturnType<typeof regradeLines>>[number];

/** Lines that are held at one time while all are read. */
const PART = 1000;

/** All lines of a regrade, part by part. There is always a first part; it may be empty. */
export async function* linesInParts(regradeId: string): AsyncGenerator<readonly LineRow[]> {
  let after = '';
  for (;;) {
    const lines = await regradeLines(regradeId, after, PART);
    yield lines;
    const last = lines.at(-1);
    if (!last || lines.length < PART) return;
    after = last.attemptId;
  }
}
