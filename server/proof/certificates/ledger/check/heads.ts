import type { Param } from '../../../../platform/db/lanes.js';
import { row } from '../../../../platform/db/rows.js';
import { columns, renamed, sql, type Sql } from '../../../../platform/db/sql.js';
import { HASH_BEFORE_FIRST } from '../../../../platform/events/chains.js';
import type { Addresses } from '../../../open-badges/did.js';
import { KeyLogEntry } from '../../issuer/tables.js';
import { StatusListVersion } from '../../status-lists/tables.js';
import { SignedHead } from '../tables.js';
import { inBatches, seqWithHash } from './certificate-batches.js';
import { checkChain } from './chain.js';
import { UNRECORDED, type Discrepancy } from './discrepancy.js';
import { checkKnownHead } from './issued.js';
import { readHead, type HeadDocument } from './head-document.js';
import type { Start } from './ledger-start.js';
import { recordedEvents, restores } from './recorded-events.js';
import { checkSignatures, signedLinks } from './signatures.js';
import { checkVouched } from './vouched.js';

const HEADS = sql`select ${renamed(SignedHead, 'h', {
  seq: 'number',
  content: 'content',
  sha256: 'sha256',
  previousHash: 'previousSha256',
})} from ${SignedHead} h where number > $1 order by number limit $2`;

const HEAD_WITH_HASH = sql`select ${renamed(SignedHead, 'h', { seq: 'number' })} from ${SignedHead} h where sha256 = $1`;

/** The signed heads: their chain, their signatures, and that everything they name is still there. */
export async function* checkHeads(
  addresses: Addresses,
  start: Start | null = null,
): AsyncGenerator<Discrepancy> {
  const { table } = SignedHead;
  const after = start?.head.seq ?? 0;
  const lost = await restores();
  const recorded = await recordedHeads(start);
  yield* checkChain(signedLinks(HEADS, after), {
    table,
    from: start?.head ?? null,
    seqOf: seqWithHash(HEAD_WITH_HASH),
    isExplained: (_after, before) => lost.some(({ headNumber }) => headNumber === before - 1),
    knownUpTo: Math.max(0, ...recorded.keys()),
  });
  yield* checkSignatures(table, HEADS, addresses, after);
  for await (const { seq, content, sha256 } of inBatches(HEADS, [], after)) {
    // One that was signed meanwhile is recorded by now.
    const known = recorded.get(seq) ?? (await recordedHeads(start)).get(seq);
    if (known !== sha256) yield { table, row: String(seq), problem: UNRECORDED };
    yield* checkNamed(seq, content);
  }
}

/** The hash of each head, by its number, as the audit log records it. */
async function recordedHeads(start: Start | null): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for await (const { payload } of recordedEvents('ledger.head-signed', start))
    found.set(payload.number, payload.sha256);
  return found;
}

/** What a head names is as the head has it. A head that cannot be read names nothing; its hash shows that it was edited. */
async function* checkNamed(number: number, content: string): AsyncGenerator<Discrepancy> {
  const head = readHead(content);
  if (!head) return;
  const from = `signed head ${number}`;
  if (head.ledger.seq > 0) yield* checkKnownHead(head.ledger, from);
  yield* checkVouched(number, head.audit);
  for (const { table, row: name, stored, params, sha256 } of namedIn(head)) {
    if (sha256 !== HASH_BEFORE_FIRST && (await row(stored, params))?.sha256 !== sha256)
      yield { table, row: name, problem: `not as ${from} has it` };
  }
}

/** A row that a head names: with which hash, and the query that reads the hash that is stored. */
interface NamedRow {
  readonly table: string;
  readonly row: string;
  readonly stored: Sql<{ sha256: string }>;
  readonly params: readonly Param[];
  readonly sha256: string;
}

const LIST_VERSION = sql`select ${columns(StatusListVersion, 'v', 'sha256')} from ${StatusListVersion} v
  where list_id = $1 and number = $2`;
const KEY_ENTRY = sql`select ${columns(KeyLogEntry, 'k', 'sha256')} from ${KeyLogEntry} k where seq = $1`;

const namedIn = ({ statusLists, keyLog }: HeadDocument): NamedRow[] => [
  ...statusLists.map(({ list, number, sha256 }) => ({
    table: StatusListVersion.table,
    row: `list ${list}, version ${number}`,
    stored: LIST_VERSION,
    params: [list, number],
    sha256,
  })),
  ...(keyLog ? [keyLog] : []).map(({ seq, sha256 }) => ({
    table: KeyLogEntry.table,
    row: String(seq),
    stored: KEY_ENTRY,
    params: [seq],
    sha256,
  })),
];
