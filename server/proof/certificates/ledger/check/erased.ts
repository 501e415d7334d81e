import { rows } from '../../../../platform/db/rows.js';
import { as, columns, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { EventRedaction } from '../../../../platform/events/tables.js';
import { proofOfErasure, type ErasedProof } from '../../erasure/erasure-digest.js';
import { Erasure } from '../../erasure/tables.js';
import { numberFrom } from './certificate-batches.js';
import { MISSING, UNRECORDED, type Discrepancy } from './discrepancy.js';
import { recordedEvents } from './recorded-events.js';

const IDS = sql`select ${columns(Erasure, 'x', 'erasureId')} from ${Erasure} x
  union select ${columns(EventRedaction, 'r', 'erasureId')} from ${EventRedaction} r order by 1`;

/** What was erased is what the audit log records: nobody can pass off an edited row as an erased one. */
export async function* checkErasures(): AsyncGenerator<Discrepancy> {
  const recorded = new Map<string, ErasedProof>();
  for await (const { payload } of recordedEvents('erasure.carried-out'))
    recorded.set(payload.erasureId, payload);
  const ids = (await rows(IDS)).map(({ erasureId }) => erasureId);
  for (const id of ids) {
    const { digest } = await proofOfErasure(id);
    if (recorded.get(id)?.digest !== digest) yield { table: Erasure.table, row: id, problem: UNRECORDED };
  }
  for (const [id, { certificates, events }] of recorded)
    if (certificates + events > 0 && !ids.includes(id))
      yield { table: Erasure.table, row: id, problem: `${MISSING}, and the audit log records it` };
}

/** How many rows say nothing any more: their hashes alone prove them. */
export const countErased = async (): Promise<Record<string, number>> => ({
  certificates: await numberFrom(sql`select count(*) ${as('n', integer())} from ${Erasure}`),
  events: await numberFrom(sql`select count(*) ${as('n', integer())} from ${EventRedaction}`),
});
