import { goesOnIn } from '../accounts/merged-accounts.js';
import { insertOnce, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { endSessionsThrough } from '../../platform/http/security/sessions.js';
import { sha256 } from '../../platform/lib/tokens.js';
import type { ProviderFacts } from './providers/providers.js';
import { Identity, IdentitySignOut } from './tables.js';

type Sender = Pick<ProviderFacts, 'id' | 'organisationId' | 'issuer'>;

/**
 * Whom a provider signed out. `message`: its own name for what it sent; `subject` null: whoever the sessions are of; `sessions`: its
 * names for those that ended, null: all of the person; `until`: when the message no longer counts (epoch ms).
 */
interface SignedOut {
  readonly message: string;
  readonly subject: string | null;
  readonly sessions: readonly string[] | null;
  readonly until: number;
}

const WHOSE = sql`select ${columns(Identity, 'i', 'userId')} from ${Identity} i
  where i.provider_id = $1 and i.issuer = $2 and i.subject = $3`;

/**
 * A provider says that somebody signed out there: their sessions that came of it end, and no others. Each message counts once. `again`:
 * it came before; `nobody`: nobody here is whom it means.
 */
export const endProviderSessions = (
  { id: providerId, organisationId, issuer }: Sender,
  { message, subject, sessions, until }: SignedOut,
  now: number,
): Promise<'ended' | 'again' | 'nobody'> =>
  inTransaction(async () => {
    await rows(sql`delete from ${IdentitySignOut} where expires_at <= $1`, [now]);
    const once = { idHash: sha256(`${providerId} ${message}`), expiresAt: until };
    if (!(await insertOnce(IdentitySignOut, once))) return 'again';
    const known = subject === null ? null : await row(WHOSE, [providerId, issuer, subject]);
    if (subject !== null && !known) return 'nobody';
    // Somebody whose account was merged goes on in the other one, by the identity of before.
    const userId = known && ((await goesOnIn(known.userId))?.id ?? known.userId);
    const ended = new Set<string>();
    for (const session of sessions ?? [null]) {
      const which = { session: session === null ? null : sha256(session), userId };
      for (const whose of await endSessionsThrough(providerId, which)) ended.add(whose);
    }
    for (const whose of ended)
      await record(
        'identity.signed-out',
        { userId: whose, providerId },
        { actorId: null, organisationId, now },
      );
    return 'ended';
  });
