import { randomBytes } from 'node:crypto';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { IdentityDomain } from '../tables.js';

/** Who does it (null: whoever runs the server), in which organisation, and when (epoch ms). */
export interface DoneBy {
  readonly organisationId: string;
  readonly actorId: string | null;
  readonly now: number;
}

const DOMAIN = sql`select ${columns(IdentityDomain, 'd', 'id', 'organisationId', 'domain', 'proof', 'provenAt', 'seenAt', 'missedAt', 'lapsedAt')}
  from ${IdentityDomain} d`;

/** The domains of an organisation by name, proven or not. */
export const domainsOf = (organisationId: string) =>
  rows(sql`${DOMAIN} where d.organisation_id = $1 order by d.domain`, [organisationId]);

export type DomainFacts = Awaited<ReturnType<typeof domainsOf>>[number];

/** Say that a domain is the organisation's own; until that is proven it means nothing. False: it was said before. */
export const addDomain = (domain: string, { organisationId, actorId, now }: DoneBy): Promise<boolean> =>
  inTransaction(async () => {
    const [id, proof] = [newId(), randomBytes(16).toString('base64url')];
    if (!(await insertOnce(IdentityDomain, { id, organisationId, domain, proof, addedAt: now })))
      return false;
    await record('identity-domain.added', { domainId: id, domain }, { actorId, organisationId, now });
    return true;
  });

const HELD = sql`select ${columns(IdentityDomain, 'd', 'id', 'organisationId')} from ${IdentityDomain} d
  where d.domain = $1 and d.proven_at is not null`;
const SEE = sql`update ${IdentityDomain} set seen_at = $1, missed_at = null, misses = 0 where id = $2`;
const PROVE = sql`update ${IdentityDomain} set proven_at = $1, lapsed_at = null
  where id = $2 and (proven_at is null or lapsed_at is not null) returning id`;

/**
 * A domain is proven, for the first time or again: by its record, or by an administrator of the installation who knows whose it is.
 * `taken`: another organisation has proven it.
 */
export const proveDomain = (
  { id, domain }: Pick<DomainFacts, 'id' | 'domain'>,
  how: 'record' | 'administrator',
  { organisationId, actorId, now }: DoneBy,
): Promise<'proven' | 'taken'> =>
  inTransaction(async () => {
    const held = await row(sql`${HELD}${toHold()}`, [domain]);
    if (held && held.organisationId !== organisationId) return 'taken';
    await rows(SEE, [how === 'record' ? now : null, id]);
    if (await row(PROVE, [now, id]))
      await record('identity-domain.proven', { domainId: id, domain, how }, { actorId, organisationId, now });
    return 'proven';
  });

/** Take a domain away: addresses in it are no longer the organisation's. */
export const removeDomain = (
  { id, domain }: DomainFacts,
  { organisationId, actorId, now }: DoneBy,
): Promise<void> =>
  inTransaction(async () => {
    if (!(await row(sql`delete from ${IdentityDomain} where id = $1 returning id`, [id]))) return;
    await record('identity-domain.removed', { domainId: id, domain }, { actorId, organisationId, now });
  });

/** The domain of an address. */
const domainIn = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The organisation whose domain an address is in, as is proven now; null: nobody's, or the domain has lapsed. */
export const organisationOfAddress = async (address: string): Promise<string | null> =>
  (await row(sql`${HELD} and d.lapsed_at is null`, [domainIn(address)]))?.organisationId ?? null;

/** The same, whether or not the domain has lapsed: people who are connected find the sign-in of their organisation by it. */
export const organisationToFind = async (address: string): Promise<string | null> =>
  (await row(HELD, [domainIn(address)]))?.organisationId ?? null;
