import { User } from '../../../../people/accounts/tables.js';
import { rows } from '../../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { Event } from '../../../../platform/events/tables.js';

const TAKEN = sql`select ${columns(Event, 'e', 'seq', 'name', 'payload', 'actorId', 'createdAt')},
    ${orNull(renamed(User, 'u', { actorName: 'name' }))}
  from ${Event} e left join ${User} u on u.id = e.actor_id
  where e.chain = $1 and e.name in ('organisation.exported', 'audit-pack.taken')
    and e.created_at >= $2 and e.created_at < $3
  order by e.created_at desc, e.seq desc limit $4`;

/** Which files of an organisation left, who took them and when, the newest first: `from` inclusive, `before` exclusive (epoch ms). */
export const filesTaken = (
  organisationId: string,
  { from, before, limit }: { from: number; before: number; limit: number },
) => rows(TAKEN, [organisationId, from, before, limit]);
