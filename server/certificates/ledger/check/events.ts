import { checkChain, type Link } from './chain.js';
import type { Finding } from './discrepancy.js';
import { eventRows, hashOf, numberOf, seqByHash } from './rows.js';

/** The audit log: every row gives its hash and follows the one before; none is cut off at the end. */
export async function* checkEvents(): AsyncGenerator<Finding> {
  yield* checkChain(links(), {
    table: 'events',
    seqOf: seqByHash('events'),
    // Work was made from events up to here, and the ledger names the event before each of its rows.
    knownUpTo: Math.max(
      await numberOf('select max(seq) as n from event_cursors'),
      await numberOf('select max(event_seq) as n from issuance_ledger'),
    ),
  });
}

async function* links(): AsyncGenerator<Link> {
  for await (const event of eventRows())
    yield {
      seq: event.seq,
      previousHash: event.previousHash,
      hash: event.hash,
      hashAt: seq => hashOf({ ...event, seq }),
    };
}
