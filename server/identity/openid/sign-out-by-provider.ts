import { decodeJwt } from 'jose';
import { insertOnce, row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { endSessionsThrough } from '../../http/security/sessions.js';
import { sha256 } from '../../lib/tokens.js';
import { Identity, IdentityProvider, IdentitySignOut } from '../tables.js';
import { LOGOUT_LIFE, readLogoutToken } from './logout-token.js';

const SENDERS = sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'issuer', 'clientId', 'metadata')}
  from ${IdentityProvider} p where p.protocol = 'openid' and p.issuer = $1`;
const WHOSE = sql`select ${columns(Identity, 'i', 'userId')} from ${Identity} i
  where i.provider_id = $1 and i.issuer = $2 and i.subject = $3`;

/**
 * A provider says that somebody signed out there: their sessions that came of it end. Each message counts once. Returns false for one
 * that no provider of ours sent.
 */
export async function signOutByProvider(token: string, isTest: boolean, now: number): Promise<boolean> {
  const senders = await rows(SENDERS, [issuerIn(token)]);
  let isHeard = false;
  // Two organisations may use one provider, each as a client of its own.
  for (const sender of senders) {
    const { issuer, clientId, metadata } = sender;
    const said = await readLogoutToken({ issuer, clientId, metadata, isTest }, token, now).catch(() => null);
    if (said && (await signOut(sender, said, now))) isHeard = true;
  }
  return isHeard;
}

/** Only to know whose keys it is checked with. */
function issuerIn(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    return '';
  }
}

const signOut = (
  { id: providerId, organisationId, issuer }: { id: string; organisationId: string; issuer: string },
  { jti, sub, sid }: { jti: string; sub?: string | undefined; sid?: string | undefined },
  now: number,
): Promise<boolean> =>
  inTransaction(async () => {
    await rows(sql`delete from ${IdentitySignOut} where expires_at <= $1`, [now]);
    const once = { idHash: sha256(`${providerId} ${jti}`), expiresAt: now + 2 * LOGOUT_LIFE * 1000 };
    if (!(await insertOnce(IdentitySignOut, once))) return false;
    const whose = sub === undefined ? null : await row(WHOSE, [providerId, issuer, sub]);
    const which = { session: sid === undefined ? null : sha256(sid), userId: whose?.userId ?? null };
    for (const userId of await endSessionsThrough(providerId, which))
      await record('identity.signed-out', { userId, providerId }, { actorId: null, organisationId, now });
    return true;
  });
