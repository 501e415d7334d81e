import { insertOnce, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import { ACCOUNT, endOfChain } from './chains.js';
import { Event, EventRedaction, Job } from './tables.js';

/** What an event says that was redacted. */
export const REDACTED = '{}';

const OF_ACCOUNT = sql`select ${columns(Event, 'e', 'chain', 'seq', 'hash', 'id')} from ${Event} e
  where e.chain = $1 and e.seq > $3 and e.seq <= $4 and e.payload like $2 order by e.seq`;

/** Events that are looked through at a time: each look is over in milliseconds. */
const AT_A_TIME = 10_000;

/** An event of somebody's account, by its place. */
type Found = { readonly chain: string; readonly seq: number; readonly hash: string; readonly id: string };

/**
 * What the chain of accounts says of somebody, up to its end now. Read bit by bit and outside a transaction: the chain is long, and
 * nobody has to wait for it.
 */
export async function accountEventsOf(userId: string): Promise<Found[]> {
  const { seq: end } = await endOfChain(ACCOUNT);
  const found: Found[] = [];
  for (let after = 0; after < end; after += AT_A_TIME)
    found.push(...(await rows(OF_ACCOUNT, [ACCOUNT, naming(userId), after, after + AT_A_TIME])));
  return found;
}

const naming = (userId: string): string => `%"userId":"${userId}"%`;

/**
 * Take out what the chain of accounts says of somebody: when they signed in, changed a password, asked for a link. Each event
 * keeps its place and its hash, so that the chain still shows that none was left out. What was still to be done about one is
 * not done any more. Idempotent.
 */
export const redactEvents = (events: readonly Found[], erasureId: string): Promise<void> =>
  inTransaction(async () => {
    for (const { chain, seq, hash, id } of events) {
      await insertOnce(EventRedaction, { chain, seq, erasureId, hash });
      await rows(sql`update ${Event} set payload = $3, actor_id = null where chain = $1 and seq = $2`, [
        chain,
        seq,
        REDACTED,
      ]);
      await rows(sql`delete from ${Job} where event_id = $1`, [id]);
    }
  });

/** The events that an erasure redacted, in the order of their places. */
export const redactedBy = (erasureId: string): Promise<{ chain: string; seq: number; hash: string }[]> =>
  rows(
    sql`select ${columns(EventRedaction, 'r', 'chain', 'seq', 'hash')} from ${EventRedaction} r
        where r.erasure_id = $1 order by r.chain, r.seq`,
    [erasureId],
  );
