import { columns, sql } from '../../../../platform/db/sql.js';
import { endOfChain, hashBeforeChain, INSTALLATION } from '../../../../platform/events/chains.js';
import { currentTransaction } from '../../../../platform/db/transaction.js';
import { chunks } from '../../../../platform/lib/lists/chunks.js';
import { Event, EventChain } from '../../../../platform/events/tables.js';
import { REDACTED } from '../../../../platform/events/redact-events.js';
import { seqWithHash } from './certificate-batches.js';
import { checkChain, type Link, type LinkPlace } from './chain.js';
import { REWRITTEN, type Discrepancy } from './discrepancy.js';
import type { Start } from './ledger-start.js';
import { chainNames, eventRows, expectedHash, redactionsIn } from './recorded-events.js';

/** Chains at once: while the rows of one are read, those of another are hashed. A transaction has one connection. */
const chainsAtOnce = (): number => (currentTransaction() ? 1 : 4);

/** The audit log: in each chain, every row matches its hash and follows the one before it; none is cut off at the end. */
export async function* checkEvents(start: Start | null = null): AsyncGenerator<Discrepancy> {
  for (const some of chunks(await chainNames(start), chainsAtOnce())) {
    const found = some.map(chain => all(checkEventsOf(chain, start?.chains.get(chain) ?? null)));
    yield* (await Promise.all(found)).flat();
  }
}

async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of found) list.push(each);
  return list;
}

const WITH_HASH = sql`select ${columns(Event, 'e', 'seq')} from ${Event} e where hash = $1`;

/** What an event is called in reports: its number, and its chain where that is not the installation's. */
export const eventPlace = (chain: string, seq: number): string =>
  chain === INSTALLATION ? String(seq) : `${seq} of chain ${chain}`;

async function* checkEventsOf(chain: string, from: LinkPlace | null): AsyncGenerator<Discrepancy> {
  const end = await endOfChain(chain);
  const last = from ? { ...from } : { seq: 0, hash: hashBeforeChain(chain) };
  yield* checkChain(noting(last, links(chain, last.seq)), {
    table: Event.table,
    from,
    seqOf: seqWithHash(WITH_HASH),
    hashBeforeFirst: hashBeforeChain(chain),
    knownUpTo: end.seq,
    name: seq => eventPlace(chain, seq),
  });
  // What was recorded meanwhile moved the end, too.
  const now = last.seq > end.seq ? await endOfChain(chain) : end;
  if (last.seq > now.seq || (last.seq === now.seq && last.hash !== now.hash))
    yield { table: EventChain.table, row: chain, problem: `its end is not that of the chain: ${REWRITTEN}` };
}

/** Keep the last link that went by in `last`. */
async function* noting(last: { seq: number; hash: string }, passing: AsyncIterable<Link>) {
  for await (const link of passing) {
    Object.assign(last, { seq: link.seq, hash: link.hash });
    yield link;
  }
}

async function* links(chain: string, after: number): AsyncGenerator<Link> {
  const redacted = await redactionsIn(chain, after);
  for await (const event of eventRows(chain, after))
    yield {
      seq: event.seq,
      previousHash: event.previousHash,
      hash: event.hash,
      // One that was redacted says nothing; so do some that never did, whose hash can be computed.
      hashAt: seq =>
        event.payload === REDACTED && seq === event.seq && redacted.has(seq)
          ? (redacted.get(seq) ?? null)
          : expectedHash({ ...event, seq }),
    };
}
