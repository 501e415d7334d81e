import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { raiseCheckpoints, type Checkpoints } from './checkpoints.js';
import { ledgerHead } from './ledger.js';
import { publishedHere } from './published-here.js';

/**
 * At the start, before any checkpoint is written: a database that has issued certificates beside a folder without
 * checkpoints may be an older copy, and would call certificates valid that were revoked since. The folder is marked as
 * incomplete until an operator accepts it (`acceptGap`), or restores checkpoints that know as much as the database. A new
 * installation has issued nothing and is not in doubt. Returns whether there is doubt.
 */
export async function noticeMissingCheckpoints(checkpoints: Checkpoints, now: number): Promise<boolean> {
  const { seq } = await ledgerHead();
  const gap = checkpoints.gap();
  if (gap === null) {
    if (seq === 0 || checkpoints.exist()) return false;
    checkpoints.noteGap({ since: now, acceptedAt: null });
    return true;
  }
  // Nothing is issued while there is doubt, so that only the old folder can know the newest certificate.
  const isClosed = gap.acceptedAt !== null || (checkpoints.read().ledger?.seq ?? 0) >= seq;
  if (isClosed) checkpoints.noteGap(null);
  return !isClosed;
}

/**
 * An operator knows that checkpoints are lost, and that what was revoked after the backup has to be revoked again: from
 * now on the database is believed. Checkpoints of its current state are written, and the audit log records the decision. A
 * running server notices at once. Returns false when there is nothing to accept.
 */
export async function acceptGap(checkpoints: Checkpoints, now: number): Promise<boolean> {
  const gap = checkpoints.gap();
  if (gap === null || gap.acceptedAt !== null) return false;
  await inTransaction(async () => {
    await takeSigningTurn();
    raiseCheckpoints(checkpoints, await publishedHere());
    await record('marks.accepted', { since: gap.since }, { actorId: null, organisationId: null, now });
  });
  checkpoints.noteGap({ ...gap, acceptedAt: now });
  return true;
}
