import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { endOfChain, record } from '../../events/record.js';
import { keyRows } from '../issuer/key-log.js';
import { latestHead } from './signed-heads.js';
import { ledgerHead } from './ledger.js';
import type { Marks } from './checkpoints.js';
import { latestList } from '../status-lists/status-lists.js';

/**
 * At the start, before anything is noted: a database that knows certificates beside a folder without marks may be an
 * older copy, and what was withdrawn since would be called valid. The folder is marked as incomplete, and stays so
 * until an operator accepts it (`acceptGap`) or puts back marks that know as much as the database. A new installation
 * has issued nothing and is not doubted. Returns whether there is doubt.
 */
export async function noticeMissingMarks(marks: Marks, now: number): Promise<boolean> {
  const { seq } = await ledgerHead();
  const gap = marks.gap();
  if (gap === null) {
    if (seq === 0 || marks.areThere()) return false;
    marks.noteGap({ since: now, acceptedAt: null });
    return true;
  }
  // While there is doubt nothing is issued, so that only the old folder can know the newest certificate.
  const isClosed = gap.acceptedAt !== null || (marks.read().ledger?.seq ?? 0) >= seq;
  if (isClosed) marks.noteGap(null);
  return !isClosed;
}

/**
 * An operator knows that marks are lost, and that what was withdrawn after the backup has to be withdrawn again: from
 * now on the database is believed. It is noted as it stands, and that somebody decided so is on record. A server that
 * runs takes note at once. Returns false when there is nothing to accept.
 */
export async function acceptGap(marks: Marks, now: number): Promise<boolean> {
  const gap = marks.gap();
  if (gap === null || gap.acceptedAt !== null) return false;
  await inTransaction(async () => {
    await endOfChain();
    await noteAll(marks);
    await record('marks.accepted', { since: gap.since }, { actorId: null, organisationId: null, now });
  });
  marks.noteGap({ ...gap, acceptedAt: now });
  return true;
}

async function noteAll(marks: Marks): Promise<void> {
  marks.keys(await keyRows());
  const ledger = await ledgerHead();
  if (ledger.seq > 0) marks.ledger(ledger);
  const head = await latestHead();
  if (head) marks.head(head.number);
  for (const { id: listId } of await rows<{ id: number }>('select id from status_lists order by id')) {
    const version = await latestList(listId);
    if (version) marks.list({ listId, ...version });
  }
}
