import { insertAll } from '../db/rows.js';
import type { NewRow, Row } from '../db/table.js';
import { afterCommit, currentTransaction, writeLast, type LastWrite } from '../db/transaction.js';
import { canonicalJson, type Json } from '../lib/canonical-json.js';
import { newId } from '../lib/ids.js';
import { sha256 } from '../lib/tokens.js';
import { chainOf, guessEnd, holdEnd, inTurnFor, moveFrom, type ChainEnd } from './chains.js';
import { reactionsTo } from './choreography.js';
import { enqueueAll, jobOf } from './jobs/enqueue.js';
import type { EventName, EventPayloads } from './event-payloads.js';
import { nudge } from './jobs/nudge.js';
import { Event } from './tables.js';

/** Who did it (null: the system), where it belongs (null: the installation), and when (epoch ms). */
export interface Circumstances {
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly now: number;
}

/**
 * Record one event, in the same transaction as the change that it reports, and put what follows from it in the queue. The row
 * is the audit log: its hash covers it and the row before it in the chain of its organisation. Chains are written last, just
 * before the commit, so that nobody waits for one longer than that. Throws outside a transaction: there must be no event
 * without its change, and no change without its event.
 */
export function record<N extends EventName>(
  name: N,
  payload: EventPayloads[N],
  { actorId, organisationId, now }: Circumstances,
): Promise<void> {
  if (!currentTransaction()) return Promise.reject(new Error(`record('${name}') outside a transaction`));
  writeLast(events, { id: newId(), name, payload: payload as Json, actorId, organisationId, createdAt: now });
  return Promise.resolve();
}

/** An event before it has a place in its chain. */
interface Unplaced extends Omit<HashedEvent, 'seq'> {
  readonly id: string;
  readonly name: EventName;
}

/**
 * Write the events of a transaction. Chains come last, since others wait for them, and in the order of their names: two transactions never
 * wait for each other.
 */
const events: LastWrite<Unplaced> = {
  rank: 1,
  async write(all) {
    await react(all);
    const chains = new Set(all.map(({ name, organisationId }) => chainOf(name, organisationId)));
    for (const chain of [...chains].sort()) {
      const own = all.filter(({ name, organisationId }) => chainOf(name, organisationId) === chain);
      await inTurnFor(chain, () => extend(chain, own));
    }
  },
};

/** Usually the chain ends where this process left it, and need not be read. */
async function extend(chain: string, events: readonly Unplaced[]): Promise<void> {
  const guess = guessEnd(chain);
  if (guess && (await extendFrom(guess, events))) return;
  if (!(await extendFrom(await holdEnd(chain), events)))
    throw new Error(`The chain ${chain} moved while held`);
}

/** Returns false, and has written nothing, where the chain does not end there. */
async function extendFrom(end: ChainEnd, events: readonly Unplaced[]): Promise<boolean> {
  const links: NewRow<typeof Event>[] = [];
  let last = end;
  for (const event of events) {
    const seq = last.seq + 1;
    const hash = eventHash({ ...event, seq }, last.hash);
    const payload = canonicalJson(event.payload);
    links.push({ chain: end.chain, seq, ...event, payload, previousHash: last.hash, hash });
    last = { chain: end.chain, seq, hash };
  }
  if (!(await moveFrom(end, last))) return false;
  await insertAll(Event, links);
  return true;
}

/** Put what follows from these events in the queue, and wake the worker of this process after the commit. */
async function react(events: readonly Unplaced[]): Promise<void> {
  const jobs = events.flatMap(({ id, name, createdAt }) =>
    reactionsTo(name).map(reaction => jobOf(reaction, { eventId: id, now: createdAt })),
  );
  if (jobs.length === 0) return;
  await enqueueAll(jobs);
  afterCommit(nudge);
}

/** What an event's hash covers. */
type HashedEvent = Readonly<
  Pick<Row<typeof Event>, 'seq' | 'name' | 'actorId' | 'organisationId' | 'createdAt'>
> & { readonly payload: Json };

/**
 * The hash of an event: of what it says and its number, and of the hash before it, which also stands for the chain that it
 * is in.
 */
export function eventHash(event: HashedEvent, previousHash: string): string {
  const { seq, name, payload, actorId, organisationId, createdAt } = event;
  return sha256(previousHash + canonicalJson({ seq, name, payload, actorId, organisationId, createdAt }));
}
