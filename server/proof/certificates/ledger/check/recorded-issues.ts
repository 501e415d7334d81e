import { listed, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import type { EventPayloads } from '../../../../platform/events/event-payloads.js';
import type { LedgerRow } from '../hash.js';
import { IssuanceEntry } from '../tables.js';
import { inLists } from './certificate-batches.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedEvents } from './recorded-events.js';
import type { Start } from './ledger-start.js';

const ENTRIES_IN = () => sql`select ${columns(IssuanceEntry, 'e', 'seq', 'hash', 'certificateId')}
  from ${listed(1)} as list join ${IssuanceEntry} e on e.seq = cast(list.value ->> 0 as bigint)`;

/** Every issue that the audit log records has its entry, with the hash that was recorded. */
export async function* checkRecorded(start: Start | null): AsyncGenerator<Discrepancy> {
  for await (const list of inLists(recordedEvents('certificate.issued', start))) {
    const seqs = JSON.stringify(list.map(({ payload }) => [payload.ledgerSeq]));
    const entries = new Map((await rows(ENTRIES_IN(), [seqs])).map(each => [each.seq, each]));
    for (const { payload } of list) yield* checkEntry(payload, entries.get(payload.ledgerSeq));
  }
}

function* checkEntry(
  { ledgerSeq, ledgerHash, certificateId }: EventPayloads['certificate.issued'],
  here: Pick<LedgerRow, 'hash' | 'certificateId'> | undefined,
): Generator<Discrepancy> {
  const at = { table: IssuanceEntry.table, row: String(ledgerSeq) };
  if (!here) yield { ...at, problem: `${MISSING}, and the audit log records it` };
  else if (here.hash !== ledgerHash || here.certificateId !== certificateId)
    yield { ...at, problem: UNRECORDED };
}
