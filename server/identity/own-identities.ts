import { hasAddress } from '../accounts/no-address.js';
import { addressOf } from '../accounts/people.js';
import { hasPassword } from '../accounts/sign-up/recovery.js';
import { row, rows } from '../db/rows.js';
import { columns, parameters, renamed, sql } from '../db/sql.js';
import { inTransaction, toHold } from '../db/transaction.js';
import { record } from '../events/record.js';
import { isId } from '../lib/ids.js';
import { Organisation } from '../organisations/tables.js';
import { connectIdentity } from './arrive.js';
import type { Arriving } from './claim-rules.js';
import type { ProviderFacts } from './providers/providers.js';
import { Identity, IdentityProvider } from './tables.js';

const OWN = sql`select ${columns(Identity, 'i', 'id', 'providerId', 'connectedAt', 'usedAt')},
    ${renamed(IdentityProvider, 'p', { provider: 'name', organisationId: 'organisationId' })}, ${renamed(Organisation, 'o', { organisation: 'name' })}
  from ${Identity} i join ${IdentityProvider} p on p.id = i.provider_id join ${Organisation} o on o.id = p.organisation_id
  where i.user_id = $1`;

/** The providers that somebody signs in with. */
export const identitiesOf = (userId: string) => rows(sql`${OWN} order by o.name, i.id`, [userId]);

/** The providers of these organisations that are offered, and with which this person does not sign in yet. */
export const connectable = (userId: string, organisationIds: readonly string[]) =>
  organisationIds.length === 0
    ? []
    : rows(
        sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'name')}, ${renamed(Organisation, 'o', { organisation: 'name' })}
            from ${IdentityProvider} p join ${Organisation} o on o.id = p.organisation_id
            where p.state <> 'off' and p.organisation_id in (${parameters(organisationIds.length, 2)})
              and not exists (select 1 from ${Identity} i where i.provider_id = p.id and i.user_id = $1)
            order by o.name, p.name, p.id`,
        [userId, ...organisationIds],
      );

const TAKEN = sql`select ${columns(Identity, 'i', 'userId')} from ${Identity} i
  where i.provider_id = $1 and (i.user_id = $2 or (i.issuer = $3 and i.subject = $4))`;

/** Somebody who is signed in connects who they are at a provider. `taken`: that is another account's, or they connected somebody else there. */
export const connectOwn = (
  provider: ProviderFacts,
  { userId, said }: { userId: string; said: Arriving },
  now: number,
): Promise<'connected' | 'taken'> =>
  inTransaction(async () => {
    const held = await rows(TAKEN, [provider.id, userId, said.iss, said.sub]);
    if (held.length > 0) return 'taken';
    await connectIdentity(provider, { userId, said, how: 'account' }, now);
    return 'connected';
  });

/**
 * Disconnect a provider. `last`: without it nobody could get in any more: the account has neither an address nor a PIN, nor another
 * provider. `none`: it is nobody's, or somebody else's.
 */
export const disconnectIdentity = (
  userId: string,
  identityId: unknown,
  now: number,
): Promise<'disconnected' | 'last' | 'none'> =>
  inTransaction(async () => {
    if (!isId(identityId)) return 'none';
    const own = await rows(
      sql`select ${columns(Identity, 'i', 'id')} from ${Identity} i where i.user_id = $1 order by i.id${toHold()}`,
      [userId],
    );
    const found = await row(sql`${OWN} and i.id = $2`, [userId, identityId]);
    if (!found) return 'none';
    const hasMail = hasAddress((await addressOf(userId))?.email ?? '');
    if (own.length === 1 && !hasMail && !(await hasPassword(userId))) return 'last';
    await rows(sql`delete from ${Identity} where id = $1`, [identityId]);
    const { providerId, organisationId } = found;
    await record(
      'identity.disconnected',
      { identityId, userId, providerId },
      { actorId: userId, organisationId, now },
    );
    return 'disconnected';
  });
