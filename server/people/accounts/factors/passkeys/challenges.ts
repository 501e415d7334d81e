import { randomBytes } from 'node:crypto';
import { rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { PasskeyChallenge } from '../tables.js';

/** For how long a challenge can be answered (ms): people look for their key. */
const OPEN = 5 * 60_000;

const ASK = sql`insert into ${PasskeyChallenge} (holder, challenge, expires_at) values ($1, $2, $3)
  on conflict (holder) do update set challenge = excluded.challenge, expires_at = excluded.expires_at`;

/** A challenge that nobody was given before (256 random bits, base64url). The one before it can no longer be answered. */
export async function newChallenge(holder: string, now: number): Promise<string> {
  const challenge = randomBytes(32).toString('base64url');
  await inTransaction(() => rows(ASK, [holder, challenge, now + OPEN]));
  return challenge;
}

const TAKE = sql`delete from ${PasskeyChallenge} where holder = $1
  returning ${columns(PasskeyChallenge, PasskeyChallenge.table, 'challenge', 'expiresAt')}`;

/** The challenge of a holder, once, whatever comes of the answer; null where there is none, or it came too late. */
export async function takeChallenge(holder: string, now: number): Promise<string | null> {
  const [taken] = await inTransaction(() => rows(TAKE, [holder]));
  return taken && now < taken.expiresAt ? taken.challenge : null;
}

/** Delete those that nobody answered. */
export const pruneChallenges = (now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`delete from ${PasskeyChallenge} where expires_at <= $1`, [now]));
