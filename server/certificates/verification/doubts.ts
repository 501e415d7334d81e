import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';

/**
 * Why a certificate cannot be relied on. `record`: its row is not what the ledger says it was at the issue; `signature`:
 * what was signed is something else, or does not hold; `ruling`: the signed list says that it was withdrawn, and no
 * ruling does.
 */
export type Doubt = 'record' | 'signature' | 'ruling';

/** Told once for each certificate, when it is first found. */
type Listener = (found: { certificateId: string; why: Doubt }) => void;

let tell: Listener = () => undefined;

/** Who is told of each certificate that turns out to be doubtful: the log. */
export function onDoubt(listener: Listener): void {
  tell = listener;
}

/**
 * Keep that a certificate was found not to say what was signed, until `endDoubt`: administrators are warned. Never
 * throws: whoever checks is told that we cannot tell, also when nothing can be written.
 */
export async function noteDoubt(certificateId: string, why: Doubt, now: number): Promise<void> {
  try {
    const [first] = await inTransaction(() =>
      rows(
        `insert into certificate_doubts (certificate_id, noticed_at) values ($1, $2)
         on conflict (certificate_id) do nothing returning certificate_id`,
        [certificateId, now],
      ),
    );
    if (first) tell({ certificateId, why });
  } catch {
    tell({ certificateId, why });
  }
}

/** It says again what was signed. Never throws: the next check tries again. */
export const endDoubt = (certificateId: string): Promise<unknown> =>
  inTransaction(() =>
    rows('delete from certificate_doubts where certificate_id = $1', [certificateId]),
  ).catch(() => undefined);

/** How many certificates are in doubt, and the number of the one that was found first; null while there is none. */
export const doubtSummary = (): Promise<{ count: number; code: string } | null> =>
  row<{ count: number; code: string }>(
    `select c.code, (select count(*) from certificate_doubts) as count
     from certificate_doubts d join certificates c on c.id = d.certificate_id
     order by d.noticed_at, c.id limit 1`,
  );
