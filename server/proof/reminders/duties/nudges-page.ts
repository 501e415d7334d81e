import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, sql } from '../../../platform/db/sql.js';
import type { EventPayloads } from '../../../platform/events/event-payloads.js';
import { Event } from '../../../platform/events/tables.js';
import { formatMoment } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';

/** Rows that are read at most: one for each 200 people. */
const MOST = 200;

const NUDGES = sql`select ${columns(Event, 'e', 'createdAt', 'payload')}, ${orNull(columns(User, 'u', 'name'))}
  from ${Event} e left join ${User} u on u.id = e.actor_id
  where e.name = 'duties.nudged' and e.chain = $1 and e.created_at >= $2 and (e.actor_id = $3 or $3 = '')
  order by e.seq desc limit ${MOST}`;

/**
 * Who reminded people of an organisation by hand, when and how many of them, newest first; `actorId`: by this person alone, null:
 * by anybody.
 */
export async function nudgeRows(
  { id, timeZone }: { readonly id: string; readonly timeZone: string },
  { since, actorId }: { readonly since: number; readonly actorId: string | null },
) {
  const place = hereIn(timeZone);
  const found = await rows(NUDGES, [id, since, actorId ?? '']);
  return [...groupedBy(found, 'createdAt')].map(([createdAt, batches]) => [
    { text: formatMoment(Number(createdAt), place) },
    { text: batches[0]?.name ?? spoken('reminderLog.gone') },
    { text: String(batches.reduce((sum, { payload }) => sum + peopleIn(payload), 0)) },
  ]);
}

const peopleIn = (payload: string): number => (JSON.parse(payload) as EventPayloads['duties.nudged']).people;
