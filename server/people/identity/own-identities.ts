import { hasAddress } from '../accounts/no-address.js';
import { goesOnIn } from '../accounts/merged-accounts.js';
import { addressOf } from '../accounts/people.js';
import { hasPassword } from '../accounts/sign-up/recovery.js';
import { row, rows } from '../../platform/db/rows.js';
import { columns, parameters, renamed, sql } from '../../platform/db/sql.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { isId } from '../../platform/lib/ids.js';
import { Organisation } from '../organisations/tables.js';
import { connectIdentity } from './arrive.js';
import type { Arriving } from './claim-rules.js';
import type { ProviderFacts } from './providers/providers.js';
import { Identity, IdentityProvider } from './tables.js';

const OWN = sql`select ${columns(Identity, 'i', 'id', 'providerId', 'how', 'connectedAt', 'usedAt')},
    ${renamed(IdentityProvider, 'p', { provider: 'name', organisationId: 'organisationId' })}, ${renamed(Organisation, 'o', { organisation: 'name' })}
  from ${Identity} i join ${IdentityProvider} p on p.id = i.provider_id join ${Organisation} o on o.id = p.organisation_id
  where i.user_id = $1`;

/** The providers that somebody signs in with. */
export const identitiesOf = (userId: string) => rows(sql`${OWN} order by o.name, i.id`, [userId]);

/** The providers of these organisations that are offered, and that this person has not connected themselves yet. */
export const connectable = (userId: string, organisationIds: readonly string[]) =>
  organisationIds.length === 0
    ? []
    : rows(
        sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'name')}, ${renamed(Organisation, 'o', { organisation: 'name' })}
            from ${IdentityProvider} p join ${Organisation} o on o.id = p.organisation_id
            where p.state <> 'off' and p.organisation_id in (${parameters(organisationIds.length, 2)})
              and not exists (select 1 from ${Identity} i where i.provider_id = p.id and i.user_id = $1 and i.how = 'account')
            order by o.name, p.name, p.id`,
        [userId, ...organisationIds],
      );

const HELD = sql`select ${columns(Identity, 'i', 'id', 'userId', 'issuer', 'subject')} from ${Identity} i
  where i.provider_id = $1 and (i.user_id = $2 or (i.issuer = $3 and i.subject = $4))`;

const WHOSE_IDENTITY = sql`select ${columns(Identity, 'i', 'userId')} from ${Identity} i
  where i.provider_id = $1 and i.issuer = $2 and i.subject = $3`;

/** Whether a provider means this person. */
export async function isIdentityOf(
  userId: string,
  { id: providerId }: Pick<ProviderFacts, 'id'>,
  { iss, sub }: Arriving,
): Promise<boolean> {
  const found = await row(WHOSE_IDENTITY, [providerId, iss, sub]);
  return found !== null && (found.userId === userId || (await goesOnIn(found.userId))?.id === userId);
}

const OWN_IT = sql`update ${Identity} set user_id = $2, how = 'account', connected_at = $3, used_at = $3 where id = $1`;

/**
 * Somebody who is signed in connects who they are at a provider; also where their organisation has vouched for it, or an account of theirs
 * was connected that was merged into this one. `taken`: that is another account's, or they connected somebody else there.
 */
export const connectOwn = (
  provider: ProviderFacts,
  { userId, said }: { userId: string; said: Arriving },
  now: number,
): Promise<'connected' | 'taken'> =>
  inTransaction(async () => {
    const [held, second] = await rows(HELD, [provider.id, userId, said.iss, said.sub]);
    if (!held) {
      await connectIdentity(provider, { userId, said, how: 'account' }, now);
      return 'connected';
    }
    const isSame = held.issuer === said.iss && held.subject === said.sub;
    const isOwn = held.userId === userId || (await goesOnIn(held.userId))?.id === userId;
    if (second || !isSame || !isOwn) return 'taken';
    await rows(OWN_IT, [held.id, userId, now]);
    const { id: providerId, organisationId } = provider;
    const news = { identityId: held.id, userId, providerId, how: 'account' } as const;
    await record('identity.connected', news, { actorId: userId, organisationId, now });
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
