import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { endOfChain, record } from '../../events/record.js';
import { append, ledgerHead, lostInRestores, nextEntry } from './ledger.js';
import { AWARD_COLUMNS, awardHash, type Award } from './hash.js';

/**
 * Enter the certificates that were issued before there was a ledger, in the order of their issue: once, at the
 * first start with one. An empty ledger beside an audit log that tells of entries is not begun again: its rows
 * were taken away.
 */
export function beginLedger(now: number): Promise<void> {
  return inTransaction(async () => {
    await endOfChain();
    if ((await ledgerHead()).seq > 0 || (await hasBegun())) return;
    const issued = await rows<Award & { sha256: string; issuedAt: number }>(
      `select ${AWARD_COLUMNS}, c.sha256, c.issued_at as "issuedAt" from certificates c
       where c.issued_at is not null order by c.issued_at, c.id`,
    );
    if (issued.length === 0) return;
    for (const certificate of issued) await enter(certificate);
    const { seq, hash } = await ledgerHead();
    const payload = { entries: seq, ledgerHash: hash };
    await record('ledger.begun', payload, { actorId: null, organisationId: null, now });
  });
}

async function hasBegun(): Promise<boolean> {
  if ((await lostInRestores()).ledgerSeq > 0) return true;
  const told = await row(`select 1 as told from events where name = 'ledger.begun' limit 1`);
  return told !== null;
}

async function enter({ sha256, issuedAt, ...award }: Award & { sha256: string; issuedAt: number }) {
  const { id: certificateId, organisationId } = award;
  const awardSha256 = awardHash(award);
  const next = await nextEntry({ certificateId, organisationId, sha256, awardSha256, issuedAt });
  await append(next);
  await rows('update certificates set ledger_seq = $1, ledger_head = $2 where id = $3', [
    next.entry.seq,
    next.hash,
    certificateId,
  ]);
}
