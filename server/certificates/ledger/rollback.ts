import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import type { RestoreNoticed } from '../../events/event-payloads.js';
import { endOfChain, record } from '../../events/record.js';
import type { Issuer } from '../issuer/issuer.js';
import { lostInRestores } from './ledger.js';
import type { ListRow, Published } from './checkpoints.js';
import { keepVersion, latestList, listVersion } from '../status-lists/status-lists.js';
import { setIndexes } from '../../open-badges/status-list.js';

/** The reason of a withdrawal of which only the published bit is left. */
const FOUND = 'found-in-list';

/**
 * At the start: does this database know all that was published, or was an older copy put back? What it has
 * forgotten is taken over from the marks. The newest list comes back, and each certificate whose bit is set in
 * it is withdrawn again; numbers that were given out are not given out twice; the log says what was noticed.
 */
export function noticeRestore(issuer: Issuer, now: number): Promise<RestoreNoticed | null> {
  const published = issuer.marks.read();
  return inTransaction(async () => {
    await endOfChain();
    const lists = [];
    for (const mark of published.lists) lists.push(...(await takeOver(mark, now)));
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

/** Rows of the ledger that were printed on certificates and are not here: null when all are. */
async function forgottenLedger({ ledger }: Published): Promise<{ seq: number; hash: string } | null> {
  if (!ledger || (await lostInRestores()).ledgerSeq >= ledger.seq) return null;
  const here = await row<{ hash: string }>('select hash from issuance_ledger where seq = $1', [ledger.seq]);
  return here?.hash === ledger.hash ? null : ledger;
}

async function forgottenHead({ head }: Published): Promise<number | null> {
  if (!head || (await lostInRestores()).headNumber >= head.number) return null;
  return (await row('select number from ledger_heads where number = $1', [head.number])) ? null : head.number;
}

async function takeOver(mark: ListRow, now: number): Promise<RestoreNoticed['lists']> {
  const { listId, number } = mark;
  const here = await listVersion(listId, number);
  if (here?.sha256 === mark.sha256) return [];
  await rows('insert into status_lists (id, created_at) values ($1, $2) on conflict (id) do nothing', [
    listId,
    now,
  ]);
  const from = (await latestList(listId))?.number ?? 0;
  if (from < number) await keepVersion(mark);
  await withdrawAgain(listId, setIndexes(mark.content), now);
  return [{ listId, from, to: number }];
}

/** The list says only that the bit is set: for good is what a stranger has to take it for. */
async function withdrawAgain(listId: number, set: readonly number[], now: number): Promise<void> {
  const standing = await rows<{ id: string; userId: string; organisationId: string; index: number }>(
    `select c.id, c.user_id as "userId", c.organisation_id as "organisationId", c.status_index as "index"
     from certificates c where c.status_list_id = $1 and c.superseded_at is null
       and not exists (select 1 from revocations where certificate_id = c.id)
       and not exists (select 1 from suspensions where certificate_id = c.id)`,
    [listId],
  );
  const bits = new Set(set);
  for (const { id, userId, organisationId } of standing.filter(({ index }) => bits.has(index))) {
    await rows(
      `insert into revocations (certificate_id, organisation_id, reason, revoked_at) values ($1, $2, $3, $4)`,
      [id, organisationId, FOUND, now],
    );
    const payload = { certificateId: id, userId, reason: FOUND };
    await record('certificate.revoked', payload, { actorId: null, organisationId, now });
  }
}
