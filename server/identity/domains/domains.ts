import { randomBytes } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { insertOnce, row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { inTransaction, toHold } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { newId } from '../../lib/ids.js';
import { IdentityDomain } from '../tables.js';

/** Who does it (null: whoever runs the server), in which organisation, and when (epoch ms). */
export interface DoneBy {
  readonly organisationId: string;
  readonly actorId: string | null;
  readonly now: number;
}

const DOMAIN = sql`select ${columns(IdentityDomain, 'd', 'id', 'organisationId', 'domain', 'proof', 'provenAt')} from ${IdentityDomain} d`;

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

/** Where the record stands that proves a domain, and what it holds. */
export const dnsRecordOf = ({ domain, proof }: Pick<DomainFacts, 'domain' | 'proof'>) => ({
  name: `_safe-passage.${domain}`,
  value: `safe-passage-domain=${proof}`,
});

/** Asks the domain name system. An object, so that a test answers in its place. */
export const nameSystem = {
  async txt(name: string): Promise<string[]> {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    return (await resolver.resolveTxt(name)).map(parts => parts.join(''));
  },
};

/** Whether the record of a domain is there now. Where nothing can be asked, it is not. */
export async function isRecordThere(domain: DomainFacts): Promise<boolean> {
  const { name, value } = dnsRecordOf(domain);
  return nameSystem.txt(name).then(
    found => found.includes(value),
    () => false,
  );
}

const HELD = sql`select ${columns(IdentityDomain, 'd', 'id', 'organisationId')} from ${IdentityDomain} d
  where d.domain = $1 and d.proven_at is not null`;
const PROVE = sql`update ${IdentityDomain} set proven_at = $1 where id = $2 and proven_at is null returning id`;

/**
 * A domain is proven: by its record, or by an administrator of the installation who knows whose it is. `taken`: another organisation
 * has proven it.
 */
export const proveDomain = (
  { id, domain }: DomainFacts,
  how: 'record' | 'administrator',
  { organisationId, actorId, now }: DoneBy,
): Promise<'proven' | 'taken'> =>
  inTransaction(async () => {
    const held = await row(sql`${HELD}${toHold()}`, [domain]);
    if (held) return held.organisationId === organisationId ? 'proven' : 'taken';
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

/** The organisation whose domain an address is in, as was proven; null: nobody's. */
export const organisationOfAddress = async (address: string): Promise<string | null> =>
  (await row(HELD, [domainIn(address)]))?.organisationId ?? null;
