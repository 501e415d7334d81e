import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { PutOff } from '../../../platform/events/jobs/failures.js';
import { dayOf } from '../../../platform/lib/days.js';
import type { Zoned } from '../../../people/organisations/people/stored-members.js';
import { StandingDay } from '../tables.js';

/** The right to write an organisation's intervals and counts, until somebody else takes it. */
export interface ReckoningLane {
  readonly organisation: Zoned;
  readonly fence: number;
}

/** Somebody else reckons for the organisation now; whoever was overtaken tries again later. */
export class Overtaken extends PutOff {}

const TAKE = sql`update ${StandingDay} set fence = fence + 1 where organisation_id = $1
  returning ${columns(StandingDay, StandingDay.table, 'fence')}`;

/** Take the lane of an organisation: whoever had it before writes nothing any more. */
export const takeLane = (organisation: Zoned, now: number): Promise<ReckoningLane> =>
  inTransaction(async () => {
    const day = dayOf(now, organisation.timeZone);
    await insertOnce(StandingDay, { organisationId: organisation.id, day });
    const taken = await row(TAKE, [organisation.id]);
    return { organisation, fence: taken?.fence ?? 0 };
  });

/**
 * Write in the lane, in a transaction of its own. Throws `Overtaken` when it has been taken. So what was read before it, since the
 * lane was taken, still holds: whatever takes time is read and reckoned outside, and nobody waits for it who wants to write.
 */
export const inReckoningLane = <T>(
  { organisation, fence }: ReckoningLane,
  write: () => Promise<T>,
): Promise<T> =>
  inTransaction(async () => {
    const held = await row(sql`${FENCE}${toHold()}`, [organisation.id]);
    if (held?.fence !== fence) throw new Overtaken('Somebody else reckons for this organisation');
    return write();
  });

const FENCE = sql`select ${columns(StandingDay, 's', 'fence')} from ${StandingDay} s where s.organisation_id = $1`;

const COUNTED = sql`update ${StandingDay} set day = $2 where organisation_id = $1`;

/** All intervals of the organisation are counted up to a day. */
export const countedUpTo = (lane: ReckoningLane, day: string): Promise<unknown> =>
  inReckoningLane(lane, () => rows(COUNTED, [lane.organisation.id, day]));
