import { z } from 'zod';
import { row, rows } from '../../../db/rows.js';
import { columns, sql } from '../../../db/sql.js';
import { HASH_BEFORE_FIRST, INSTALLATION, type ChainEnd } from '../../../events/chains.js';
import { Event } from '../../../events/tables.js';
import { VouchedEnd } from '../tables.js';
import { endsAt, vouchedBy } from '../vouched-ends.js';
import type { Discrepancy } from './discrepancy.js';
import { eventPlace } from './events.js';

/** What a head says of the audit log: the root over the ends of all chains, or the end of the one chain there once was. */
export const Vouched = z.union([
  z.object({ chains: z.number(), root: z.string() }),
  z.object({ seq: z.number(), hash: z.string() }),
]);

/** The audit log still has what a head vouches for: the ends give its root, and each of them is an event of its chain. */
export async function* checkVouched(
  number: number,
  vouched: z.infer<typeof Vouched>,
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

async function* checkEnd(number: number, { chain, seq, hash }: ChainEnd): AsyncGenerator<Discrepancy> {
  if (hash === HASH_BEFORE_FIRST || (await row(EVENT, [chain, seq]))?.hash === hash) return;
  yield { table: Event.table, row: eventPlace(chain, seq), problem: `not as signed head ${number} has it` };
}
