import { insert, insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { RestoreNoticed } from '../events.js';
import { record } from '../../../platform/events/record.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { setIndexes } from '../../open-badges/status-list.js';
import { insertVersion, latestList, listVersion } from '../status-lists/status-lists.js';
import { StatusList } from '../status-lists/tables.js';
import { Certificate, Revocation, Suspension } from '../tables.js';
import type { Checkpoints, ListRow, PublishedState } from './checkpoints.js';
import { lostInRestores, type LedgerHead } from './ledger.js';
import { headByNumber } from './signed-heads.js';
import { IssuanceEntry } from './tables.js';

/** The reason of a revocation of which only the published bit is left. */
const FOUND = 'found-in-list';

/**
 * At the start and in a restore: does this database know everything that was published, or is it an older copy? What it has
 * forgotten is taken over from the checkpoints. The newest list comes back, and each certificate whose bit is set in it is
 * revoked again; numbers that were used are not used twice; the audit log records what was noticed. Returns that, or null.
 */
export function noticeRestore(checkpoints: Checkpoints, now: number): Promise<RestoreNoticed | null> {
  const published = checkpoints.read();
  return inTransaction(async () => {
    await takeSigningTurn();
    const lists = [];
    for (const checkpoint of published.lists) lists.push(...(await takeOver(checkpoint, now)));
    const ledger = await forgottenLedger(published);
    const headNumber = await forgottenHead(published);
    if (lists.length === 0 && !ledger && headNumber === null) return null;
    const known = await lostInRestores();
    const noticed = {
      ledgerSeq: Math.max(known.ledgerSeq, ledger?.seq ?? 0),
      ledgerHash: ledger?.hash ?? '',
      headNumber: Math.max(known.headNumber, headNumber ?? 0),
      lists,
    };
    await record('restore.noticed', noticed, { actorId: null, organisationId: null, now });
    return noticed;
  });
}

const ENTRY = sql`select ${columns(IssuanceEntry, 'e', 'hash')} from ${IssuanceEntry} e where seq = $1`;

/** The head of the ledger that was printed on a certificate and is not here; null when nothing is missing. */
async function forgottenLedger({ ledger }: PublishedState): Promise<LedgerHead | null> {
  if (!ledger || (await lostInRestores()).ledgerSeq >= ledger.seq) return null;
  return (await row(ENTRY, [ledger.seq]))?.hash === ledger.hash ? null : ledger;
}

async function forgottenHead({ head }: PublishedState): Promise<number | null> {
  if (!head || (await lostInRestores()).headNumber >= head.number) return null;
  return (await headByNumber(head.number)) ? null : head.number;
}

async function takeOver(checkpoint: ListRow, now: number): Promise<RestoreNoticed['lists']> {
  const { listId, number } = checkpoint;
  const here = await listVersion(listId, number);
  if (here?.sha256 === checkpoint.sha256) return [];
  await insertOnce(StatusList, { id: listId, createdAt: now });
  const from = (await latestList(listId))?.number ?? 0;
  if (from < number) await insertVersion(checkpoint);
  await revokeAgain(listId, setIndexes(checkpoint.content), now);
  return [{ listId, from, to: number }];
}

const VALID_IN_LIST = sql`select ${columns(Certificate, 'c', 'id', 'userId', 'organisationId')},
    ${renamed(Certificate, 'c', { index: 'statusIndex' })}
  from ${Certificate} c where c.status_list_id = $1 and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
    and not exists (select 1 from ${Suspension} where certificate_id = c.id)`;

/** The list shows only that the bit is set. Readers have to take that for a revocation, and so do we. */
async function revokeAgain(listId: number, set: readonly number[], now: number): Promise<void> {
  const bits = new Set(set);
  const forgotten = (await rows(VALID_IN_LIST, [listId])).filter(({ index }) => bits.has(index));
  for (const { id: certificateId, userId, organisationId } of forgotten) {
    await insert(Revocation, { certificateId, organisationId, reason: FOUND, revokedAt: now });
    const payload = { certificateId, userId, reason: FOUND };
    await record('certificate.revoked', payload, { actorId: null, organisationId, now });
  }
}
