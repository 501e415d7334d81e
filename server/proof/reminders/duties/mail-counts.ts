import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { DutyMailCount } from './tables.js';

/** The stage under which it is counted of how many duties those who manage people were told. */
export const ESCALATED = 'escalated';

type Counted = Row<typeof DutyMailCount>;

const ADD = sql`insert into ${DutyMailCount} (organisation_id, day, stage, outcome, duties) values ($1, $2, $3, $4, $5)
  on conflict (organisation_id, day, stage, outcome) do update set duties = ${DutyMailCount}.duties + $5`;

/** Mails of a day are about more duties, or (below 0) fewer. In the transaction that records them, in which the organisation is held. */
export async function countMailed({ organisationId, day, stage, outcome, duties }: Counted): Promise<void> {
  if (duties !== 0) await rows(ADD, [organisationId, day, stage, outcome, duties]);
}

const SINCE = sql`select ${columns(DutyMailCount, 'c', 'day', 'stage', 'outcome', 'duties')} from ${DutyMailCount} c
  where c.organisation_id = $1 and c.day >= $2 and c.duties > 0 order by c.day desc, case when c.stage = 'escalated' then 1 else 0 end, c.stage, c.outcome`;

/** How many duties the mails of an organisation were about from a day on: newest day first, of a day those to the people themselves. */
export const mailedSince = (organisationId: string, fromDay: string) =>
  rows(SINCE, [organisationId, fromDay]);
