import { row, rows } from '../../../db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../../db/sql.js';
import { bigint, nullable } from '../../../db/table.js';
import { INSTALLATION } from '../../../events/chains.js';
import { Event } from '../../../events/tables.js';
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
import { inBatches, numberFrom, seqWithHash } from './certificate-batches.js';
import { checkChain, type Link } from './chain.js';
import { eventPlace } from './events.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedEvents, restores } from './recorded-events.js';

const LEDGER = IssuanceEntry.table;
const CERTIFICATES = Certificate.table;

const ENTRIES = sql`select ${ENTRY_COLUMNS} from ${IssuanceEntry} e where seq > $1 order by seq limit $2`;
const ENTRY_WITH_HASH = sql`select ${columns(IssuanceEntry, 'e', 'seq')} from ${IssuanceEntry} e where hash = $1`;
const HIGHEST_NAMED = sql`select max(ledger_seq) ${as('n', nullable(bigint()))} from ${Certificate}`;

/** The ledger: its chain, the events that it is woven into, and the bytes and facts of every certificate. */
export async function* checkIssued(): AsyncGenerator<Discrepancy> {
  const lost = await restores();
  yield* checkChain(links(), {
    table: LEDGER,
    seqOf: seqWithHash(ENTRY_WITH_HASH),
    isExplained: (_after, before) => lost.some(({ ledgerSeq }) => ledgerSeq === before - 1),
    knownUpTo: await numberFrom(HIGHEST_NAMED),
  });
  for await (const entry of inBatches(ENTRIES)) {
    yield* checkEvent(entry);
    yield* checkCertificate(entry);
  }
  yield* checkRecorded();
  yield* checkUnentered();
}

const ENTRY = sql`select ${columns(IssuanceEntry, 'e', 'hash', 'certificateId')} from ${IssuanceEntry} e where seq = $1`;

/** A head that somebody kept (on paper, in a signed head, in a checkpoint) must still be in the ledger. */
export async function* checkKnownHead({ seq, hash }: LedgerHead, from: string): AsyncGenerator<Discrepancy> {
  const here = await row(ENTRY, [seq]);
  const at = { table: LEDGER, row: String(seq) };
  if (!here) yield { ...at, problem: `${MISSING}, and known from ${from}` };
  else if (here.hash !== hash) yield { ...at, problem: `not the row that is known from ${from}` };
}

async function* links(): AsyncGenerator<Link> {
  for await (const { previousHash, hash, ...entry } of inBatches(ENTRIES))
    yield {
      seq: entry.seq,
      previousHash,
      hash,
      hashAt: seq => entryHash({ ...entry, seq }, previousHash),
    };
}

const EVENT = sql`select ${columns(Event, 'e', 'chain')} from ${Event} e
  where seq = $1 and chain in ($2, $3) and hash = $4`;

/**
 * The event that an entry follows is the one that it names, in its organisation's chain; in the installation's, if it was
 * written when there was no other.
 */
async function* checkEvent(entry: LedgerRow): AsyncGenerator<Discrepancy> {
  const { seq, eventSeq, eventHash, organisationId } = entry;
  if (eventSeq === 0 || (await row(EVENT, [eventSeq, organisationId, INSTALLATION, eventHash]))) return;
  const problem = `not the row that ledger row ${seq} follows`;
  yield { table: Event.table, row: eventPlace(organisationId, eventSeq), problem };
}

const CERTIFICATE = sql`select ${STORED_COLUMNS},
    ${orNull(renamed(Erasure, 'x', { erasedSha256: 'sha256', erasedAward: 'awardSha256' }))}
  from ${Certificate} c left join ${Erasure} x on x.certificate_id = c.id where c.id = $1`;

const PROBLEMS: Record<Edited, (seq: number) => string> = {
  text: seq => `its signed bytes are not those of ledger row ${seq}`,
  award: seq => `its facts are not those of ledger row ${seq}`,
  place: seq => `it does not name ledger row ${seq} as its own`,
};

/** The certificate of an entry is there, as it was issued. */
async function* checkCertificate(entry: LedgerRow): AsyncGenerator<Discrepancy> {
  const found = await row(CERTIFICATE, [entry.certificateId]);
  const at = { table: CERTIFICATES, row: entry.certificateId };
  if (!found) yield { ...at, problem: `${MISSING}, and ledger row ${entry.seq} names it` };
  for (const edited of found ? faultsIn(found, entry) : [])
    yield { ...at, problem: `edited: ${PROBLEMS[edited](entry.seq)}` };
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

/** Every issue that the audit log records has its entry, with the hash that was recorded. */
async function* checkRecorded(): AsyncGenerator<Discrepancy> {
  for await (const { payload } of recordedEvents('certificate.issued')) {
    const { ledgerSeq, ledgerHash, certificateId } = payload;
    const here = await row(ENTRY, [ledgerSeq]);
    const at = { table: LEDGER, row: String(ledgerSeq) };
    if (!here) yield { ...at, problem: `${MISSING}, and the audit log records it` };
    else if (here.hash !== ledgerHash || here.certificateId !== certificateId)
      yield { ...at, problem: UNRECORDED };
  }
}

const UNENTERED = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.issued_at is not null
    and not exists (select 1 from ${IssuanceEntry} e where e.certificate_id = c.id) order by c.id`;

async function* checkUnentered(): AsyncGenerator<Discrepancy> {
  for (const { id } of await rows(UNENTERED))
    yield { table: CERTIFICATES, row: id, problem: 'not in the ledger' };
}
