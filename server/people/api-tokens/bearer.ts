import { row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { AppError } from '../../errors.js';
import { networkOf } from '../../platform/http/security/network.js';
import type { Limit, RateLimits } from '../../platform/http/security/rate-limits.js';
import { sha256 } from '../../platform/lib/tokens.js';
import { scopesIn, type Scope } from './scopes.js';
import { ApiToken } from './tables.js';
import { isTokenText } from './token-text.js';

/** A directory that sends all its people for the first time sends a few in a second. */
const PER_TOKEN: Limit = { name: 'api-token', points: 3_000, seconds: 60, step: 20 };
/** Of one network, with texts that are no token. */
const FAILURES: Limit = { name: 'api-token-failures', points: 60, seconds: 600 };

/** How often the last use is written (ms). */
const USE_EVERY = 60_000;

/** No token that works, or one that may not do this. `challenge`: what WWW-Authenticate says (RFC 6750, section 3). */
export class TokenRefused extends AppError {
  readonly challenge: string;

  constructor(message: string, status: 401 | 403, error?: string) {
    super(message, status);
    this.challenge = `Bearer realm="Safe Passage"${error ? `, error="${error}"` : ''}`;
  }
}

/** Whose program asks. */
export interface HeldToken {
  readonly id: string;
  readonly organisationId: string;
}

interface Asking {
  readonly authorization: string | undefined;
  readonly address: string | undefined;
  readonly scope: Scope;
  readonly limits: RateLimits;
  readonly now: number;
}

/**
 * The token that a request holds, which may do what the route asks for. Throws `TokenRefused`, or `TooMany`: a network that keeps
 * sending wrong ones waits, and so does a token that is used too often. A right token is never refused for what others
 * of its network sent.
 */
export async function heldToken({ authorization, address, scope, limits, now }: Asking): Promise<HeldToken> {
  if (authorization === undefined) throw new TokenRefused('Send a token: Authorization: Bearer …', 401);
  const stored = await storedToken(/^bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? '');
  if (!stored || stored.endedAt !== null || stored.expiresAt <= now) {
    await limits.consume(FAILURES, networkOf(address), now);
    throw new TokenRefused(
      'This token is unknown, or it has expired or been withdrawn',
      401,
      'invalid_token',
    );
  }
  await limits.consume(PER_TOKEN, stored.id, now);
  if (!scopesIn(stored.scopes)?.includes(scope))
    throw new TokenRefused(`This token may not do that: it needs ${scope}`, 403, 'insufficient_scope');
  if ((stored.usedAt ?? 0) <= now - USE_EVERY) await noteUse(stored.id, now);
  return stored;
}

type StoredToken = Pick<
  Row<typeof ApiToken>,
  'id' | 'organisationId' | 'scopes' | 'expiresAt' | 'usedAt' | 'endedAt'
>;

const BY_HASH = sql`select ${columns(ApiToken, 't', 'id', 'organisationId', 'scopes', 'expiresAt', 'usedAt', 'endedAt')}
  from ${ApiToken} t where t.token_hash = $1`;

/** Looked up anew with each request, so that a token that is withdrawn is refused at once, on every server. */
const storedToken = async (text: string): Promise<StoredToken | null> =>
  isTokenText(text) ? row(BY_HASH, [sha256(text)]) : null;

const NOTE = sql`update ${ApiToken} set used_at = $1 where id = $2 and (used_at is null or used_at <= $3)`;

const noteUse = (id: string, now: number): Promise<unknown> =>
  inTransaction(() => rows(NOTE, [now, id, now - USE_EVERY]));
