import { randomBytes, timingSafeEqual } from 'node:crypto';
import { insert, row, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { inTransaction } from '../db/transaction.js';
import { linkToken, sha256 } from '../lib/tokens.js';
import { IdentityTrip } from './tables.js';

/** How long a browser may be away at a provider (ms). */
const AWAY = 10 * 60_000;

/** A trip as its beginning knows it. `browser`: the text that only this browser holds. */
export interface NewTrip extends Pick<
  Row<typeof IdentityTrip>,
  'providerId' | 'purpose' | 'userId' | 'next'
> {
  readonly browser: string;
}

/** What a trip is told by. Nonce and verifier follow from the state under our key, so that the database holds neither. */
const tripOf = (state: string, key: Buffer) => ({
  state,
  nonce: linkToken(key, `identity nonce ${state}`),
  verifier: linkToken(key, `identity verifier ${state}`),
});

/** A browser leaves for a provider. Trips that nobody came back from are forgotten. */
export const beginTrip = (
  { browser, ...trip }: NewTrip,
  { key, now }: { key: Buffer; now: number },
): Promise<ReturnType<typeof tripOf>> =>
  inTransaction(async () => {
    const state = randomBytes(32).toString('base64url');
    await rows(sql`delete from ${IdentityTrip} where expires_at <= $1`, [now]);
    const hashes = { stateHash: sha256(state), browserHash: sha256(browser) };
    await insert(IdentityTrip, { ...trip, ...hashes, expiresAt: now + AWAY });
    return tripOf(state, key);
  });

const TAKE = sql`delete from ${IdentityTrip} where state_hash = $1
  returning ${columns(IdentityTrip, IdentityTrip.table, 'providerId', 'browserHash', 'purpose', 'userId', 'next', 'expiresAt')}`;

/**
 * A browser comes back: its trip, which is over with that. Null: nobody left with this state, it came back before, too late, or it
 * was another browser.
 */
export async function endTrip(state: string, browser: string, { key, now }: { key: Buffer; now: number }) {
  const found = await inTransaction(() => row(TAKE, [sha256(state)]));
  if (!found || found.expiresAt <= now) return null;
  if (!timingSafeEqual(Buffer.from(found.browserHash), Buffer.from(sha256(browser)))) return null;
  return { ...found, ...tripOf(state, key) };
}

/** The text by which we know a browser again that comes back. */
export const newBrowser = (): string => randomBytes(32).toString('base64url');
