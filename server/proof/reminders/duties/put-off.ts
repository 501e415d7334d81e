import { row } from '../../../platform/db/rows.js';
import { as, sql } from '../../../platform/db/sql.js';
import { moment, nullable } from '../../../platform/db/table.js';
import { RequirementVersion } from '../../requirements/tables.js';

/** For so long after a change of what is required nobody is told of it (ms): whoever undoes it within that time was never heard. */
const WAIT = 3_600_000;

const CHANGED = sql`select max(v.recorded_at) ${as('at', nullable(moment()))} from ${RequirementVersion} v
  where v.organisation_id = $1 and v.recorded_at <= $2`;

/**
 * Until when (epoch ms) the mails of an organisation wait, because a requirement of it was changed or a change undone; null: they
 * do not wait. All of them do, so that everybody still gets one mail a day.
 */
export async function putOffUntil(organisationId: string, now: number): Promise<number | null> {
  const changed = await row(CHANGED, [organisationId, now]);
  const until = Number(changed?.at ?? 0) + WAIT;
  return now < until ? until : null;
}
