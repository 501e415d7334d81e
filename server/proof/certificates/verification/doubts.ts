import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { bigint } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Certificate } from '../tables.js';
import { CertificateDoubt } from './tables.js';

/**
 * Why a certificate cannot be relied on. `record`: its row differs from what the ledger recorded at the issue;
 * `signature`: its facts differ from what was signed, or the signature does not hold; `status-list`: the signed status list
 * says that it is revoked, and no row does.
 */
export type Doubt = 'record' | 'signature' | 'status-list';

type Listener = (found: { certificateId: string; why: Doubt }) => void;

let tell: Listener = () => undefined;

/** Set who is told of a doubtful certificate, once, when it is first found: the log. */
export function onDoubt(listener: Listener): void {
  tell = listener;
}

/**
 * Note that a certificate differs from what was signed, until `endDoubt`; administrators are warned. Never throws: the
 * verdict is "cannot tell" even when nothing can be written.
 */
export async function noteDoubt(certificateId: string, why: Doubt, now: number): Promise<void> {
  try {
    const doubt = { certificateId, noticedAt: now };
    if (await inTransaction(() => insertOnce(CertificateDoubt, doubt))) tell({ certificateId, why });
  } catch {
    tell({ certificateId, why });
  }
}

/** A check found that the certificate matches what was signed again. Never throws: the next check tries again. */
export const endDoubt = (certificateId: string): Promise<unknown> =>
  inTransaction(() =>
    rows(sql`delete from ${CertificateDoubt} where certificate_id = $1`, [certificateId]),
  ).catch(() => undefined);

const SUMMARY = sql`select ${columns(Certificate, 'c', 'code')},
    (select count(*) from ${CertificateDoubt}) ${as('count', bigint())}
  from ${CertificateDoubt} d join ${Certificate} c on c.id = d.certificate_id order by d.noticed_at, c.id limit 1`;

/** How many certificates are doubtful, and the code of the one found first; null when there is none. */
export const doubtSummary = (): Promise<{ count: number; code: string } | null> => row(SUMMARY);
