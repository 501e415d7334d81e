import { decodeJwt } from 'jose';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { endProviderSessions } from '../end-provider-sessions.js';
import { IdentityProvider } from '../tables.js';
import { LOGOUT_LIFE, readLogoutToken } from './logout-token.js';

const SENDERS = sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'issuer', 'clientId', 'metadata')}
  from ${IdentityProvider} p where p.protocol = 'openid' and p.issuer = $1`;

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
    if (!said) continue;
    const { jti: message, sub, sid } = said;
    const whom =
      sid === undefined ? { subject: sub ?? null, sessions: null } : { subject: null, sessions: [sid] };
    const signedOut = { message, ...whom, until: now + 2 * LOGOUT_LIFE * 1000 };
    if ((await endProviderSessions(sender, signedOut, now)) !== 'again') isHeard = true;
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
