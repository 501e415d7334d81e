import { listed, row, rows } from '../../../../platform/db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import { bigint, nullable } from '../../../../platform/db/table.js';
import { INSTALLATION } from '../../../../platform/events/chains.js';
import { Event } from '../../../../platform/events/tables.js';
import { Erasure } from '../../erasure/tables.js';
import { Certificate } from '../../tables.js';
import {
  editedIn,
  ENTRY_COLUMNS,
  entryHash,
  STORED_COLUMNS,
  type Edited,
  type LedgerRow,
  type StoredCertificate,
} from '../hash.js';
import type { LedgerHead } from '../ledger.js';
import { IssuanceEntry } from '../tables.js';
import { batchesOf, inBatches, numberFrom, seqWithHash } from './certificate-batches.js';
import { checkChain, type Link } from './chain.js';
import { eventPlace } from './events.js';
import { MISSING, type Discrepancy } from './discrepancy.js';
import type { Start } from './ledger-start.js';
import { restores } from './recorded-events.js';
import { checkRecorded } from './recorded-issues.js';

const LEDGER = IssuanceEntry.table;
const CERTIFICATES = Certificate.table;

const ENTRIES = sql`select ${ENTRY_COLUMNS} from ${IssuanceEntry} e where seq > $1 order by seq limit $2`;
const ENTRY_WITH_HASH = sql`select ${columns(IssuanceEntry, 'e', 'seq')} from ${IssuanceEntry} e where hash = $1`;
const HIGHEST_NAMED = sql`select max(ledger_seq) ${as('n', nullable(bigint()))} from ${Certificate}`;

/** The ledger: its chain, the events that it is woven into, and the bytes and facts of every certificate. */
export async function* checkIssued(start: Start | null = null): AsyncGenerator<Discrepancy> {
  const [lost, after] = [await restores(), start?.ledger.seq ?? 0];
  yield* checkChain(links(after), {
    table: LEDGER,
    from: start?.ledger ?? null,
    seqOf: seqWithHash(ENTRY_WITH_HASH),
    isExplained: (_after, before) => lost.some(({ ledgerSeq }) => ledgerSeq === before - 1),
    knownUpTo: await numberFrom(HIGHEST_NAMED),
  });
  for await (const entries of batchesOf(ENTRIES, [], after)) {
    yield* checkFollowed(entries);
    yield* checkCertificates(entries);
  }
  yield* checkRecorded(start);
  yield* checkUnentered(start?.signedAt ?? 0);
}

const ENTRY = sql`select ${columns(IssuanceEntry, 'e', 'hash')} from ${IssuanceEntry} e where seq = $1`;

/** A head that somebody kept (on paper, in a signed head, in a checkpoint) must still be in the ledger. */
export async function* checkKnownHead({ seq, hash }: LedgerHead, from: string): AsyncGenerator<Discrepancy> {
  const here = await row(ENTRY, [seq]);
  const at = { table: LEDGER, row: String(seq) };
  if (!here) yield { ...at, problem: `${MISSING}, and known from ${from}` };
  else if (here.hash !== hash) yield { ...at, problem: `not the row that is known from ${from}` };
}

async function* links(after: number): AsyncGenerator<Link> {
  for await (const { previousHash, hash, ...entry } of inBatches(ENTRIES, [], after))
    yield {
      seq: entry.seq,
      previousHash,
      hash,
      hashAt: seq => entryHash({ ...entry, seq }, previousHash),
    };
}

/** Entries ($1: seq, hash, chain of each) of which the event that they name is there. */
const FOLLOWING = () => sql`select ${columns(Event, 'e', 'seq', 'hash')} from ${listed(1)} as list
  join ${Event} e on e.seq = cast(list.value ->> 0 as bigint) and e.chain in (list.value ->> 2, $2) and e.hash = list.value ->> 1`;

/**
 * The event that an entry follows is the one that it names, in its organisation's chain; in the installation's, if it was
 * written when there was no other.
 */
async function* checkFollowed(entries: readonly LedgerRow[]): AsyncGenerator<Discrepancy> {
  const named = entries.map(({ eventSeq, eventHash, organisationId }) => [
    eventSeq,
    eventHash,
    organisationId,
  ]);
  const found = await rows(FOLLOWING(), [JSON.stringify(named), INSTALLATION]);
  const there = new Set(found.map(({ seq, hash }) => `${seq} ${hash}`));
  for (const { seq, eventSeq, eventHash, organisationId } of entries)
    if (eventSeq !== 0 && !there.has(`${eventSeq} ${eventHash}`))
      yield {
        table: Event.table,
        row: eventPlace(organisationId, eventSeq),
        problem: `not the row that ledger row ${seq} follows`,
      };
}

const CERTIFICATES_IN = () => sql`select ${STORED_COLUMNS},
    ${orNull(renamed(Erasure, 'x', { erasedSha256: 'sha256', erasedAward: 'awardSha256' }))}
  from ${listed(1)} as list join ${Certificate} c on c.id = list.value ->> 0
    left join ${Erasure} x on x.certificate_id = c.id`;

const PROBLEMS: Record<Edited, (seq: number) => string> = {
  text: seq => `its signed bytes are not those of ledger row ${seq}`,
  award: seq => `its facts are not those of ledger row ${seq}`,
  place: seq => `it does not name ledger row ${seq} as its own`,
};

/** The certificate of each entry is there, as it was issued. */
async function* checkCertificates(entries: readonly LedgerRow[]): AsyncGenerator<Discrepancy> {
  const ids = JSON.stringify(entries.map(({ certificateId }) => [certificateId]));
  const stored = new Map((await rows(CERTIFICATES_IN(), [ids])).map(each => [each.id, each]));
  for (const entry of entries) {
    const found = stored.get(entry.certificateId);
    const at = { table: CERTIFICATES, row: entry.certificateId };
    if (!found) yield { ...at, problem: `${MISSING}, and ledger row ${entry.seq} names it` };
    for (const edited of found ? faultsIn(found, entry) : [])
      yield { ...at, problem: `edited: ${PROBLEMS[edited](entry.seq)}` };
  }
}

/** Of a certificate whose details were erased, the hashes that are kept take the place of its text and its award. */
function faultsIn(
  found: StoredCertificate & { erasedSha256: string | null; erasedAward: string | null },
  entry: LedgerRow,
): Edited[] {
  const edited = editedIn(found, entry);
  if (found.erasedSha256 === null) return edited;
  return [
    ...(found.erasedSha256 === entry.sha256 && found.sha256 === entry.sha256 ? [] : ['text' as const]),
    ...(found.erasedAward === entry.awardSha256 ? [] : ['award' as const]),
    ...edited.filter(each => each === 'place'),
  ];
}

const UNENTERED = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.issued_at > $1
    and not exists (select 1 from ${IssuanceEntry} e where e.certificate_id = c.id) order by c.id`;

/** Certificates that were issued after a moment (epoch ms), and of which the ledger knows nothing. */
async function* checkUnentered(since: number): AsyncGenerator<Discrepancy> {
  for (const { id } of await rows(UNENTERED, [since]))
    yield { table: CERTIFICATES, row: id, problem: 'not in the ledger' };
}
