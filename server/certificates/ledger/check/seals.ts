import { rows } from '../../../db/rows.js';
import { awardHash, STORED_COLUMNS, type StoredCertificate } from '../hash.js';
import { sealHolds } from '../seal.js';
import type { Finding } from './discrepancy.js';
import { everyKey } from './signatures.js';

const BATCH = 500;

/** Every certificate that was issued has a seal of ours, over its award as it stands. */
export async function* checkSeals(baseUrl: string): AsyncGenerator<Finding> {
  const document = await everyKey(baseUrl);
  for (let after = ''; ;) {
    const batch = await rows<StoredCertificate & { seal: string | null }>(
      `select ${STORED_COLUMNS.text}, c.seal from certificates c
       where c.issued_at is not null and c.id > $1 order by c.id limit ${BATCH}`,
      [after],
    );
    for (const { id, seal, ...award } of batch)
      if (!(await sealHolds(seal, awardHash({ id, ...award }), document)))
        yield { table: 'certificates', row: id, problem: 'its seal does not hold' };
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
  }
}
