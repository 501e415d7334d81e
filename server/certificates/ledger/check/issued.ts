import { row, rows } from '../../../db/rows.js';
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
import { checkChain, type Link } from './chain.js';
import { MISSING, UNRECORDED, type Finding } from './discrepancy.js';
import { each, numberOf, restores, seqByHash, told } from './rows.js';

const LEDGER = 'issuance_ledger';
const CERTIFICATES = 'certificates';

/** The ledger: its chain, the events that it is woven into, and the bytes and facts of every certificate. */
export async function* checkIssued(): AsyncGenerator<Finding> {
  const lost = await restores();
  yield* checkChain(links(), {
    table: LEDGER,
    seqOf: seqByHash(LEDGER),
    isExplained: (_after, before) => lost.some(({ ledgerSeq }) => ledgerSeq === before - 1),
    knownUpTo: await numberOf(`select max(ledger_seq) as n from ${CERTIFICATES}`),
  });
  for await (const entry of each<LedgerRow>(ROWS)) yield* checkRow(entry);
  yield* checkTold();
  yield* checkUnentered();
}

/** A head that somebody kept (a paper, a signed head, a mark) must still be in the ledger. */
export async function* checkKnownHead({ seq, hash }: LedgerHead, from: string): AsyncGenerator<Finding> {
  const here = await row<{ hash: string }>(`select hash from ${LEDGER} where seq = $1`, [seq]);
  if (!here) yield { table: LEDGER, row: String(seq), problem: `${MISSING}, and known from ${from}` };
  else if (here.hash !== hash)
    yield { table: LEDGER, row: String(seq), problem: `not the row that is known from ${from}` };
}

const ROWS = `select ${ENTRY_COLUMNS.text} from ${LEDGER} e where seq > $1 order by seq limit $2`;

async function* links(): AsyncGenerator<Link> {
  for await (const { previousHash, hash, ...entry } of each<LedgerRow>(ROWS))
    yield {
      seq: entry.seq,
      previousHash,
      hash,
      hashAt: seq => entryHash({ ...entry, seq }, previousHash),
    };
}

const PROBLEMS: Record<Edited, (seq: number) => string> = {
  text: seq => `its signed bytes are not those of ledger row ${seq}`,
  award: seq => `its facts are not those of ledger row ${seq}`,
  place: seq => `it does not name ledger row ${seq} as its own`,
};

async function* checkRow(entry: LedgerRow): AsyncGenerator<Finding> {
  const event = await row<{ hash: string }>('select hash from events where seq = $1', [entry.eventSeq]);
  if (entry.eventSeq > 0 && event?.hash !== entry.eventHash)
    yield {
      table: 'events',
      row: String(entry.eventSeq),
      problem: `not the row that ledger row ${entry.seq} follows`,
    };
  const found = await row<StoredCertificate>(
    `select ${STORED_COLUMNS.text} from certificates c where c.id = $1`,
    [entry.certificateId],
  );
  const at = { table: CERTIFICATES, row: entry.certificateId };
  if (!found) yield { ...at, problem: `${MISSING}, and ledger row ${entry.seq} tells of it` };
  for (const edited of found ? editedIn(found, entry) : [])
    yield { ...at, problem: `edited: ${PROBLEMS[edited](entry.seq)}` };
}

/** Every issue that the audit log tells of has its row, with the hash that was told. */
async function* checkTold(): AsyncGenerator<Finding> {
  for await (const { payload } of told('certificate.issued')) {
    const { ledgerSeq: seq, ledgerHash: hash, certificateId } = payload;
    const here = await row<{ hash: string; id: string }>(
      `select hash, certificate_id as id from ${LEDGER} where seq = $1`,
      [seq],
    );
    if (!here)
      yield { table: LEDGER, row: String(seq), problem: `${MISSING}, and the audit log tells of it` };
    else if (here.hash !== hash || here.id !== certificateId)
      yield { table: LEDGER, row: String(seq), problem: UNRECORDED };
  }
}

async function* checkUnentered(): AsyncGenerator<Finding> {
  const found = await rows<{ id: string }>(
    `select c.id from certificates c where c.issued_at is not null
       and not exists (select 1 from ${LEDGER} l where l.certificate_id = c.id) order by c.id`,
  );
  for (const { id } of found) yield { table: CERTIFICATES, row: id, problem: 'not in the ledger' };
}
