import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { AttemptRegrade, ItemRuling } from '../tables.js';

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

/** Rulings with a number below `before`, newest first, at most `limit`; `attempts` is how many results each has changed. */
export const rulingsBefore = (before: number, limit: number) => rows(LOG, [before, limit]);

/** A ruling in the log. Times are epoch milliseconds. */
export type LoggedRuling = Awaited<ReturnType<typeof rulingsBefore>>[number];
