import { rows } from '../../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../../platform/db/sql.js';
import type { Row } from '../../../../platform/db/table.js';
import type { Addresses } from '../../../open-badges/did.js';
import { IssuerKey, KeyLogEntry } from '../../issuer/tables.js';
import { inBatches, seqWithHash } from './certificate-batches.js';
import { checkChain } from './chain.js';
import type { Discrepancy } from './discrepancy.js';
import { parsed } from './recorded-events.js';
import { checkSignatures, signedLinks } from './signatures.js';

const LOG = sql`select ${columns(KeyLogEntry, 'l', 'seq', 'content', 'sha256')},
    ${renamed(KeyLogEntry, 'l', { previousHash: 'previousSha256' })}
  from ${KeyLogEntry} l where seq > $1 order by seq limit $2`;
const ENTRY_WITH_HASH = sql`select ${columns(KeyLogEntry, 'l', 'seq')} from ${KeyLogEntry} l where sha256 = $1`;
const KEYS = sql`select ${columns(IssuerKey, 'k', 'id', 'retiredAt', 'compromisedAt')} from ${IssuerKey} k order by id`;

/** The log of keys: its chain, its signatures, and that each key is in the state that the log gives it. */
export async function* checkKeys(addresses: Addresses): AsyncGenerator<Discrepancy> {
  const { table } = KeyLogEntry;
  yield* checkChain(signedLinks(LOG), { table, seqOf: seqWithHash(ENTRY_WITH_HASH) });
  yield* checkSignatures(table, LOG, addresses);
  const logged = await loggedActions();
  for (const key of await rows(KEYS))
    if (!isAsLogged(key, logged.get(key.id) ?? new Set()))
      yield { table: IssuerKey.table, row: key.id, problem: 'not as the log of keys has it' };
}

/** What the log says was done to each key. */
async function loggedActions(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const logged = new Map<string, Set<string>>();
  for await (const { content } of inBatches(LOG)) {
    const entry = parsed<{ key: string; action: string }>(content);
    if (entry) logged.set(entry.key, (logged.get(entry.key) ?? new Set()).add(entry.action));
  }
  return logged;
}

const isAsLogged = (
  { retiredAt, compromisedAt }: Pick<Row<typeof IssuerKey>, 'retiredAt' | 'compromisedAt'>,
  actions: ReadonlySet<string>,
): boolean =>
  (actions.has('created') || actions.has('rotated')) &&
  actions.has('retired') === (retiredAt !== null) &&
  actions.has('compromised') === (compromisedAt !== null);
