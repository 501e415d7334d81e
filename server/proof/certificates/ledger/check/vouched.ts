import { row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { HASH_BEFORE_FIRST, INSTALLATION, type ChainEnd } from '../../../../platform/events/chains.js';
import { Event } from '../../../../platform/events/tables.js';
import { VouchedEnd } from '../tables.js';
import { endsAt, vouchedBy } from '../vouched-ends.js';
import type { Discrepancy } from './discrepancy.js';
import { eventPlace } from './events.js';
import type { HeadDocument } from './head-document.js';

/** The audit log still has what a head vouches for: the ends give its root, and each of them is an event of its chain. */
export async function* checkVouched(
  number: number,
  vouched: HeadDocument['audit'],
): AsyncGenerator<Discrepancy> {
  if ('hash' in vouched) {
    yield* checkEnd(number, { chain: INSTALLATION, ...vouched });
    return;
  }
  const { root, chains } = vouchedBy(await endsAt(number));
  if (root !== vouched.root || chains !== vouched.chains)
    yield { table: VouchedEnd.table, row: String(number), problem: `not as signed head ${number} has them` };
  for (const end of await rows(MOVED, [number])) yield* checkEnd(number, end);
}

const MOVED = sql`select ${columns(VouchedEnd, 'v', 'chain', 'seq', 'hash')} from ${VouchedEnd} v where number = $1`;
const EVENT = sql`select ${columns(Event, 'e', 'hash')} from ${Event} e where chain = $1 and seq = $2`;

/** Whether an event stands where a chain ended. */
export const isEventAt = async ({ chain, seq, hash }: ChainEnd): Promise<boolean> =>
  hash === HASH_BEFORE_FIRST || (await row(EVENT, [chain, seq]))?.hash === hash;

async function* checkEnd(number: number, end: ChainEnd): AsyncGenerator<Discrepancy> {
  const { chain, seq } = end;
  if (await isEventAt(end)) return;
  yield { table: Event.table, row: eventPlace(chain, seq), problem: `not as signed head ${number} has it` };
}
