import { as, columns, sql } from '../../../db/sql.js';
import { bigint, nullable } from '../../../db/table.js';
import { Event, EventCursor } from '../../../events/tables.js';
import { IssuanceEntry } from '../tables.js';
import { numberFrom, seqWithHash } from './certificate-batches.js';
import { checkChain, type Link } from './chain.js';
import type { Discrepancy } from './discrepancy.js';
import { eventRows, expectedHash } from './recorded-events.js';

const HIGHEST = as('n', nullable(bigint()));

/** The audit log: every row matches its hash and follows the one before it; none is cut off at the end. */
export async function* checkEvents(): AsyncGenerator<Discrepancy> {
  yield* checkChain(links(), {
    table: Event.table,
    seqOf: seqWithHash(sql`select ${columns(Event, 'e', 'seq')} from ${Event} e where hash = $1`),
    // Events up to this one were turned into jobs, and each entry of the ledger names the event before it.
    knownUpTo: Math.max(
      await numberFrom(sql`select max(seq) ${HIGHEST} from ${EventCursor}`),
      await numberFrom(sql`select max(event_seq) ${HIGHEST} from ${IssuanceEntry}`),
    ),
  });
}

async function* links(): AsyncGenerator<Link> {
  for await (const event of eventRows())
    yield {
      seq: event.seq,
      previousHash: event.previousHash,
      hash: event.hash,
      hashAt: seq => expectedHash({ ...event, seq }),
    };
}
