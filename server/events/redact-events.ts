import { insertOnce, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import { inTransaction } from '../db/transaction.js';
import { ACCOUNT } from './chains.js';
import { Event, EventRedaction, Job } from './tables.js';

/** What an event says that was redacted. */
export const REDACTED = '{}';

const OF_ACCOUNT = sql`select ${columns(Event, 'e', 'chain', 'seq', 'hash', 'id')} from ${Event} e
  where e.chain = $1 and e.payload like $2 order by e.seq`;

/**
 * Take out what the chain of accounts says of somebody: when they signed in, changed a password, asked for a link. Each event
 * keeps its place and its hash, so that the chain still shows that none was left out. What was still to be done about one is
 * not done any more. Idempotent.
 */
export const redactEvents = (userId: string, erasureId: string): Promise<void> =>
  inTransaction(async () => {
    for (const { chain, seq, hash, id } of await rows(OF_ACCOUNT, [ACCOUNT, `%"userId":"${userId}"%`])) {
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
