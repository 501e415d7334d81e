import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { isId, newId } from '../../../platform/lib/ids.js';
import { Organisation, Unit } from '../../organisations/tables.js';
import type { DoneBy } from '../domains/domains.js';
import { openSecret, sealSecret } from '../../accounts/factors/sealed-secrets.js';
import { IdentityProvider } from '../tables.js';

const PROVIDER = sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'unitId', 'protocol', 'name', 'issuer', 'clientId', 'secret', 'metadata', 'readAt', 'state', 'letsJoin', 'keyholderId', 'testedAt')},
    ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })}, ${orNull(renamed(Unit, 'n', { unit: 'name' }))}
  from ${IdentityProvider} p join ${Organisation} o on o.id = p.organisation_id left join ${Unit} n on n.id = p.unit_id`;

/** The providers of an organisation, in the order in which they were made. */
export const providersOf = (organisationId: string) =>
  rows(sql`${PROVIDER} where p.organisation_id = $1 order by p.created_at, p.id`, [organisationId]);

export type ProviderFacts = Awaited<ReturnType<typeof providersOf>>[number];

/** A provider by its id, if it is this organisation's; null otherwise. */
export const findProvider = async (organisationId: string, id: unknown): Promise<ProviderFacts | null> =>
  isId(id) ? row(sql`${PROVIDER} where p.organisation_id = $1 and p.id = $2`, [organisationId, id]) : null;

/** A provider by its id alone; null: there is none. */
export const providerWithId = async (id: string): Promise<ProviderFacts | null> =>
  isId(id) ? row(sql`${PROVIDER} where p.id = $1`, [id]) : null;

/** The secret of a provider in the clear. `key`: of the secrets of providers. */
export const secretOf = ({ id, secret }: ProviderFacts, key: Buffer): string => openSecret(secret, id, key);

/** What the form of a provider holds, with what the provider said of itself. `secret` null: as it was. */
export interface ProviderSettings extends Pick<
  Row<typeof IdentityProvider>,
  'protocol' | 'name' | 'unitId' | 'issuer' | 'clientId' | 'letsJoin' | 'metadata'
> {
  readonly secret: string | null;
}

/** Keep a new provider, turned off. Returns its id. */
export const addProvider = (
  { secret, ...settings }: ProviderSettings,
  key: Buffer,
  { organisationId, actorId, now }: DoneBy,
): Promise<string> =>
  inTransaction(async () => {
    const id = newId();
    const sealed = sealSecret(secret ?? '', id, key);
    await insert(IdentityProvider, {
      id,
      organisationId,
      ...settings,
      secret: sealed,
      readAt: now,
      createdAt: now,
    });
    await record('identity-provider.added', { providerId: id }, { actorId, organisationId, now });
    return id;
  });

const CHANGE = sql`update ${IdentityProvider} set name = $2, unit_id = $3, issuer = $4, client_id = $5, lets_join = $6,
  metadata = $7, secret = $8, read_at = $9 where id = $1`;
const UNTESTED = sql`update ${IdentityProvider} set tested_at = null, state = 'off', keyholder_id = null where id = $1`;

/** Change a provider. Unless it `staysOn`, it is turned off until its new settings have let somebody sign in. */
export const changeProvider = (
  { id, secret: before }: ProviderFacts,
  { staysOn, ...settings }: ProviderSettings & { readonly staysOn: boolean },
  key: Buffer,
  { organisationId, actorId, now }: DoneBy,
): Promise<void> =>
  inTransaction(async () => {
    const { name, unitId, issuer, clientId, letsJoin, metadata, secret } = settings;
    const sealed = secret === null ? before : sealSecret(secret, id, key);
    if (!staysOn) await rows(UNTESTED, [id]);
    await rows(CHANGE, [id, name, unitId, issuer, clientId, letsJoin, metadata, sealed, now]);
    await record('identity-provider.changed', { providerId: id }, { actorId, organisationId, now });
  });

/** Its settings, as somebody tried them, let a person sign in. Nothing where they were changed meanwhile. */
export const noteTested = (
  provider: ProviderFacts,
  { organisationId, actorId, now }: DoneBy,
): Promise<void> =>
  inTransaction(async () => {
    const tested = await row(
      sql`update ${IdentityProvider} set tested_at = $2 where id = $1 and read_at = $3 returning id`,
      [provider.id, now, provider.readAt],
    );
    if (tested)
      await record('identity-provider.tested', { providerId: provider.id }, { actorId, organisationId, now });
  });

const SET_STATE = sql`update ${IdentityProvider} set state = $2, keyholder_id = $3
  where id = $1 and ($2 = 'off' or tested_at is not null) returning id`;

/** Turn a provider off, offer it, or let people sign in with it alone. False where it was never tried. */
export const setProviderState = (
  { id }: ProviderFacts,
  { state, keyholderId }: Pick<ProviderFacts, 'state' | 'keyholderId'>,
  { organisationId, actorId, now }: DoneBy,
): Promise<boolean> =>
  inTransaction(async () => {
    if (!(await row(SET_STATE, [id, state, keyholderId]))) return false;
    await record(
      'identity-provider.set',
      { providerId: id, state, keyholderId },
      { actorId, organisationId, now },
    );
    return true;
  });
