import { columns, orNull, renamed, sql } from '../../../../platform/db/sql.js';
import type { Addresses } from '../../../open-badges/did.js';
import { Erasure } from '../../erasure/tables.js';
import { Certificate } from '../../tables.js';
import { awardHash, STORED_COLUMNS } from '../hash.js';
import { sealHolds } from '../seal.js';
import { IssuanceEntry } from '../tables.js';
import { inBatches } from './certificate-batches.js';
import type { Discrepancy } from './discrepancy.js';
import type { Start } from './ledger-start.js';
import { everyKey } from './signatures.js';

const ISSUED = sql`select ${columns(IssuanceEntry, 'e', 'seq')}, ${STORED_COLUMNS}, ${columns(Certificate, 'c', 'seal')},
    ${orNull(renamed(Erasure, 'x', { erasedAward: 'awardSha256' }))}
  from ${IssuanceEntry} e join ${Certificate} c on c.id = e.certificate_id
    left join ${Erasure} x on x.certificate_id = c.id
  where e.seq > $1 order by e.seq limit $2`;

/** Every certificate in the ledger has a seal of ours, over its award as it is stored. */
export async function* checkSeals(
  addresses: Addresses,
  start: Start | null = null,
): AsyncGenerator<Discrepancy> {
  const document = await everyKey(addresses);
  for await (const { seal, erasedAward, ...stored } of inBatches(ISSUED, [], start?.ledger.seq))
    if (!(await sealHolds(seal, erasedAward ?? awardHash(stored), document)))
      yield { table: Certificate.table, row: stored.id, problem: 'its seal is not valid' };
}
