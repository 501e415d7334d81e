import { rows } from '../../../db/rows.js';
import { columns, orNull, renamed, sql } from '../../../db/sql.js';
import { Erasure } from '../../erasure/tables.js';
import { Certificate } from '../../tables.js';
import { awardHash, STORED_COLUMNS } from '../hash.js';
import { sealHolds } from '../seal.js';
import type { Discrepancy } from './discrepancy.js';
import { everyKey } from './signatures.js';

const ISSUED = sql`select ${STORED_COLUMNS}, ${columns(Certificate, 'c', 'seal')},
    ${orNull(renamed(Erasure, 'x', { erasedAward: 'awardSha256' }))} from ${Certificate} c
  left join ${Erasure} x on x.certificate_id = c.id
  where c.issued_at is not null and c.id > $1 order by c.id limit ${500}`;

/** Every certificate that was issued has a seal of ours, over its award as it is stored. */
export async function* checkSeals(baseUrl: string): AsyncGenerator<Discrepancy> {
  const document = await everyKey(baseUrl);
  for (let after = ''; ;) {
    const batch = await rows(ISSUED, [after]);
    for (const { seal, erasedAward, ...stored } of batch)
      if (!(await sealHolds(seal, erasedAward ?? awardHash(stored), document)))
        yield { table: Certificate.table, row: stored.id, problem: 'its seal is not valid' };
    const last = batch.at(-1);
    if (!last) return;
    after = last.id;
  }
}
