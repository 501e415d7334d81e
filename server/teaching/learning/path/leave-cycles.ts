import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { record } from '../../../platform/events/record.js';
import { CYCLE_FACTS, CYCLE_TABLES, type CycleFacts } from '../enrolments.js';
import { Cycle } from '../tables.js';

/** Who has them left or goes on with them, and when (epoch ms). Null: the program, or whoever runs the server. */
interface By {
  readonly actorId: string | null;
  readonly now: number;
}

type Because = NonNullable<CycleFacts['leftBecause']>;

/** Leave cycles that were not completed; what was done in them stays. Joins the transaction. */
export async function leaveCycles(
  cycles: readonly CycleFacts[],
  because: Because,
  { actorId, now }: By,
): Promise<void> {
  if (cycles.length === 0) return;
  const ids = cycles.map(({ id }) => id);
  await rows(
    sql`update ${Cycle} set left_at = $1, left_because = $2 where id in (${parameters(ids.length, 3)})`,
    [now, because, ...ids],
  );
  for (const { id: cycleId, enrolmentId, organisationId, userId } of cycles)
    await record('course.left', { userId, enrolmentId, cycleId, because }, { actorId, organisationId, now });
}

const OPEN = sql`select ${CYCLE_FACTS} from ${CYCLE_TABLES}
  where c.user_id = $1 and c.completed_at is null and c.left_at is null order by c.id`;

/** Leave all open cycles of an account that is closed for good, or until a merge is undone. Joins the transaction. */
export const leaveOpenCycles = async (userId: string, because: 'merged' | 'erased', by: By): Promise<void> =>
  leaveCycles(await rows(OPEN, [userId]), because, by);

const GO_ON = sql`update ${Cycle} set left_at = null, left_because = null
  where user_id = $1 and left_because = 'merged' returning ${columns(Cycle, 'cycles', 'id', 'enrolmentId', 'organisationId')}`;

/** The cycles that were left because of a merge go on where they were. Joins the transaction in which it is undone. */
export async function goOnWithCycles(userId: string, { actorId, now }: By): Promise<void> {
  for (const { id: cycleId, enrolmentId, organisationId } of await rows(GO_ON, [userId]))
    await record('course.taken-up', { userId, enrolmentId, cycleId }, { actorId, organisationId, now });
}
