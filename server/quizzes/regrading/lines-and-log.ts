import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { as, columns, notNull, renamed, sql } from '../../db/sql.js';
import { integer } from '../../db/table.js';
import { Attempt } from '../tables.js';
import { AttemptRegrade, ItemRuling, RegradeLine } from './tables.js';

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
)}, ${columns(Attempt, 'a', 'userId')}, ${notNull(columns(Attempt, 'a', 'submittedAt', 'maxPoints'))},
    ${columns(User, 'u', 'name')}
  from ${RegradeLine} l join ${Attempt} a on a.id = l.attempt_id join ${User} u on u.id = a.user_id
  where l.regrade_id = $1 and l.attempt_id > $2 order by l.attempt_id limit $3`;

/** Lines of a regrade in the order of their attempts' ids, after `after`; at most `limit`. */
export const regradeLines = (regradeId: string, after: string, limit: number) =>
  rows(LINES, [regradeId, after, limit]);

/** What a regrade does to one attempt, and whose it is. Times are epoch milliseconds, points integers. */
export type LineRow = Awaited<ReturnType<typeof regradeLines>>[number];

const LOG = sql`select ${columns(
  ItemRuling,
  'r',
  'number',
  'regradeId',
  'courseSlug',
  'quiz',
  'itemId',
  'kind',
  'fromVersion',
  'toVersion',
  'keyVersion',
  'reason',
)}, ${renamed(ItemRuling, 'r', { at: 'createdAt' })}, ${renamed(User, 'u', { who: 'name' })},
    (select count(*) from ${AttemptRegrade} where regrade_id = r.regrade_id and change <> 'kept')
      ${as('attempts', integer())}
  from ${ItemRuling} r join ${User} u on u.id = r.actor_id where r.number < $1 order by r.number desc limit $2`;

/** Rulings in the log, newest first, before the number `before`; at most `limit`. */
export const rulingsBefore = (before: number, limit: number) => rows(LOG, [before, limit]);
