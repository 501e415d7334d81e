import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { FirstCall } from '../tables.js';

/** Whom a person tells first at work, whom outside, and the sign that makes them do it. */
export interface FirstCallFacts {
  readonly inside: string;
  readonly outside: string;
  readonly sign: string;
}

const OF = sql`select ${columns(FirstCall, 'f', 'inside', 'outside', 'sign')} from ${FirstCall} f where f.user_id = $1`;

/** A person's own first call, or null. Nobody else reads it: it stands in no list, report or file. */
export const firstCallOf = (userId: string): Promise<FirstCallFacts | null> => row(OF, [userId]);

const CHANGE = sql`update ${FirstCall} set inside = $1, outside = $2, sign = $3, kept_at = $4 where user_id = $5`;

/** Keep it in place of the last one. It is a note to oneself, so no event tells of it. */
export const keepFirstCall = (
  userId: string,
  { inside, outside, sign }: FirstCallFacts,
  now: number,
): Promise<void> =>
  inTransaction(async () => {
    const isNew = await insertOnce(FirstCall, { userId, inside, outside, sign, keptAt: now });
    if (!isNew) await rows(CHANGE, [inside, outside, sign, now, userId]);
  });

const REMOVE = sql`delete from ${FirstCall} where user_id = $1`;

/** Remove it without a trace. */
export const removeFirstCall = (userId: string): Promise<void> =>
  inTransaction(async () => void (await rows(REMOVE, [userId])));
