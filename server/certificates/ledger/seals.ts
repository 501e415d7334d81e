import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { checkHeads } from './check/heads.js';
import { checkIssued } from './check/issued.js';
import type { Issuer } from '../issuer/issuer.js';
import { awardHash, STORED_COLUMNS, type StoredCertificate } from './hash.js';
import { signSeal } from './seal.js';

/** So many are sealed before the next are read. */
const BATCH = 500;

const UNSEALED = 'from certificates c where c.seal is null and c.issued_at is not null';

/**
 * Seal the certificates that were issued before there were seals: once, at the first start that knows of them. A single
 * seal in the database means that this was done. What was edited, or stands in a ledger that does not hold, is not
 * sealed. Returns how many were sealed and how many were left.
 */
export function sealEarlier(issuer: Issuer, now: number): Promise<{ sealed: number; left: number }> {
  return inTransaction(async () => {
    const total = (await isBegun()) ? 0 : await unsealed();
    if (total === 0 || issuer.mayHaveForgotten()) return { sealed: 0, left: 0 };
    const edited = await editedRows(issuer.baseUrl);
    if (edited) await sealAll(edited, issuer, now);
    const left = await unsealed();
    return { sealed: total - left, left };
  });
}

const isBegun = async (): Promise<boolean> =>
  (await row('select 1 as sealed from certificates where seal is not null limit 1')) !== null;

const unsealed = async (): Promise<number> =>
  Number((await row<{ n: number }>(`select count(*) as n ${UNSEALED}`))?.n);

/** The certificates whose rows were edited; null when the ledger itself, or a signed head of it, does not hold. */
async function editedRows(baseUrl: string): Promise<Set<string> | null> {
  const edited = new Set<string>();
  for (const part of [checkIssued(), checkHeads(baseUrl)])
    for await (const { table, row: id } of part) {
      if (table === 'issuance_ledger' || table === 'ledger_heads') return null;
      if (table === 'certificates') edited.add(id);
    }
  return edited;
}

async function sealAll(edited: ReadonlySet<string>, issuer: Issuer, now: number): Promise<void> {
  for (let after = ''; ;) {
    const batch = await rows<StoredCertificate>(
      `select ${STORED_COLUMNS} ${UNSEALED} and c.id > $1 order by c.id limit ${BATCH}`,
      [after],
    );
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
    for (const certificate of batch.filter(({ id }) => !edited.has(id)))
      await rows('update certificates set seal = $1 where id = $2', [
        await signSeal(awardHash(certificate), issuer, now),
        certificate.id,
      ]);
  }
}
