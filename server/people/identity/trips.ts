import { randomBytes, timingSafeEqual } from 'node:crypto';
import { insert, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { linkToken, sha256 } from '../../platform/lib/tokens.js';
import { IdentityProvider, IdentityTrip } from './tables.js';

/** How long a browser may be away at a provider (ms). */
const AWAY = 10 * 60_000;

/** A trip as its beginning knows it. `browser`: the text that only this browser holds. */
export interface NewTrip extends Pick<
  Row<typeof IdentityTrip>,
  'providerId' | 'purpose' | 'userId' | 'next'
> {
  readonly browser: string;
}

/** What a trip is told by. All follows from the state under our key, so that the database holds none of it. */
const tripOf = (state: string, key: Buffer) => ({
  state,
  nonce: linkToken(key, `identity nonce ${state}`),
  requestId: `_${linkToken(key, `identity request ${state}`)}`,
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
  returning ${columns(IdentityTrip, IdentityTrip.table, 'providerId', 'browserHash', 'purpose', 'userId', 'next', 'expiresAt', 'response')}`;

/**
 * A browser comes back: its trip, which is over with that. Null: nobody left with this state, it came back before, too late, or it
 * was another browser.
 */
export async function endTrip(state: string, browser: string, { key, now }: { key: Buffer; now: number }) {
  const found = await inTransaction(() => row(TAKE, [sha256(state)]));
  if (!found || found.expiresAt <= now) return null;
  if (!timingSafeEqual(Buffer.from(found.browserHash), Buffer.from(sha256(browser)))) return null;
  return { ...found, begunAt: found.expiresAt - AWAY, ...tripOf(state, key) };
}

const BASE64 = /^[a-z0-9+/=\s]+$/i;

const AWAITED = sql`select ${columns(IdentityProvider, 'p', 'organisationId')} from ${IdentityTrip} t
  join ${IdentityProvider} p on p.id = t.provider_id and p.protocol = 'saml'
  where t.state_hash = $1 and t.expires_at > $2`;
const KEEP = sql`update ${IdentityTrip} set response = $2 where state_hash = $1 and response is null returning provider_id`;

/**
 * Keep what a SAML provider sent, unread. It comes from another site, and so without our cookies: only when the browser comes for it is
 * it known whose it is. The first one counts. Returns the organisation, or null where nobody is away with this state.
 */
export const keepResponse = (state: string, response: string, now: number): Promise<string | null> =>
  inTransaction(async () => {
    if (!BASE64.test(response)) return null;
    const awaited = await row(AWAITED, [sha256(state), now]);
    if (!awaited || !(await row(KEEP, [sha256(state), response]))) return null;
    return awaited.organisationId;
  });

/** The text by which we know a browser again that comes back. */
export const newBrowser = (): string => randomBytes(32).toString('base64url');
