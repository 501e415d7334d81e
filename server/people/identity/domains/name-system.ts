import { Resolver } from 'node:dns/promises';
import type { Row } from '../../../platform/db/table.js';
import type { IdentityDomain } from '../tables.js';

/** Where the record stands that proves a domain, and what it holds. */
export const dnsRecordOf = ({ domain, proof }: Pick<Row<typeof IdentityDomain>, 'domain' | 'proof'>) => ({
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

/** The answers that say that there is no such record. All other faults say that the question was not answered. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

/** Whether the record of a domain is there now. `unanswered`: no name server said whether it is. */
export async function askForRecord(
  domain: Parameters<typeof dnsRecordOf>[0],
): Promise<'there' | 'absent' | 'unanswered'> {
  const { name, value } = dnsRecordOf(domain);
  return nameSystem.txt(name).then(
    found => (found.includes(value) ? 'there' : 'absent'),
    (fault: { code?: unknown }) => (ABSENT.has(fault.code) ? 'absent' : 'unanswered'),
  );
}
