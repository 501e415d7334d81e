import { insertOnce, row, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { inTransaction, toHold } from '../db/transaction.js';
import { PutOff } from '../events/jobs/failures.js';
import { SumLane } from './tables.js';

/** The right to write the sums of a figure, until somebody else takes it. */
export interface CountingLane {
  readonly figure: string;
  readonly fence: number;
}

/** Somebody else counts now; whoever was overtaken tries again later. */
class CountedElsewhere extends PutOff {}

/** How long a count of everything keeps others away without a sign of life (ms). */
const HELD = 120_000;

const TAKE = sql`update ${SumLane} set fence = fence + 1, held_until = $3
  where figure = $1 and (held_until is null or held_until <= $2) returning ${columns(SumLane, SumLane.table, 'fence')}`;

/**
 * Take the lane of a figure: whoever had it before writes nothing any more. `isHeld`: nobody takes it away, for two minutes
 * and as long as `keepHolding` is called. Null while somebody holds it.
 */
export const takeCountingLane = (figure: string, now: number, isHeld = false): Promise<CountingLane | null> =>
  inTransaction(async () => {
    await insertOnce(SumLane, { figure, fence: 0, heldUntil: null });
    const taken = await row(TAKE, [figure, now, isHeld ? now + HELD : null]);
    return taken && { figure, fence: taken.fence };
  });

/** Hold it for two minutes more. */
export const keepHolding = (lane: CountingLane, now: number): Promise<unknown> =>
  inCountingLane(lane, () => rows(HOLD, [lane.figure, now + HELD]));

/** Whoever waits may take it. */
export const letGo = (lane: CountingLane): Promise<unknown> =>
  inCountingLane(lane, () => rows(HOLD, [lane.figure, null]));

const HOLD = sql`update ${SumLane} set held_until = $2 where figure = $1`;

const FENCE = sql`select ${columns(SumLane, 's', 'fence')} from ${SumLane} s where s.figure = $1`;

/** Write in the lane, in a transaction of its own. So what was read before it, since the lane was taken, still holds. */
export const inCountingLane = <T>({ figure, fence }: CountingLane, write: () => Promise<T>): Promise<T> =>
  inTransaction(async () => {
    const held = await row(sql`${FENCE}${toHold()}`, [figure]);
    if (held?.fence !== fence) throw new CountedElsewhere(`Somebody else counts ${figure}`);
    return write();
  });
