import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { bigint } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { IssuerKey } from '../issuer/tables.js';
import { Certificate, Revocation, Supersession, Suspension } from '../tables.js';
import { supersede } from './supersede.js';

/** Certificates reissued in one job. It is small enough to leave room for other jobs between two batches. */
const BATCH = 100;

/** The certificates that a key signed and that are not revoked, suspended, superseded or erased. */
const IS_CURRENT = sql`c.superseded_at is null and c.credential is not null
  and not exists (select 1 from ${Revocation} where certificate_id = c.id)
  and not exists (select 1 from ${Suspension} where certificate_id = c.id)`;
const CURRENT_UNDER_KEY = sql`from ${Certificate} c where c.key_id = $1 and ${IS_CURRENT}`;

const NEXT_BATCH = sql`select ${columns(Certificate, 'c', 'id')} ${CURRENT_UNDER_KEY}
  order by c.ledger_seq limit ${BATCH}`;

/**
 * Reissue a batch of the certificates that a compromised key signed, with the same facts and codes. While some are left,
 * an event asks for the next batch. Each certificate has its own transaction, so a crash loses nothing and nobody waits
 * long. A suspended certificate is signed with the new key when its suspension is lifted.
 */
export async function reissueAfterCompromise(keyId: string, now: number): Promise<void> {
  const batch = await rows(NEXT_BATCH, [keyId]);
  for (const { id } of batch) await reissue(id, now);
  if (batch.length < BATCH) return;
  await inTransaction(() =>
    record('issuer-key.replacing', { keyId }, { actorId: null, organisationId: null, now }),
  );
}

async function reissue(id: string, now: number): Promise<void> {
  try {
    const change = { reason: 'signed-anew', key: `signed-anew:${id}` } as const;
    await supersede(id, change, { actorId: null, now });
  } catch (fault) {
    // It was revoked, suspended or replaced in the meantime, perhaps by another worker with the same batch.
    if (!(fault instanceof Conflict)) throw fault;
  }
}

/** How many certificates of a compromised key have been reissued. */
export interface ReissueProgress {
  /** Replaced and signed with another key. */
  readonly done: number;
  /** Not replaced yet, or replaced and not signed yet. */
  readonly waiting: number;
}

const REISSUED = sql`from ${Supersession} s join ${Certificate} c on c.id = s.certificate_id
  join ${Certificate} n on n.id = s.replacement_id where c.key_id = $1 and s.reason = 'signed-anew'`;

const PROGRESS = sql`select
  (select count(*) ${REISSUED} and n.issued_at is not null) ${as('done', bigint())},
  (select count(*) ${REISSUED} and n.issued_at is null and n.superseded_at is null) ${as('unsigned', bigint())},
  (select count(*) ${CURRENT_UNDER_KEY}) ${as('left', bigint())}`;

/** Counted from the certificates themselves. */
export async function reissueProgress(keyId: string): Promise<ReissueProgress> {
  const found = await row(PROGRESS, [keyId]);
  return { done: Number(found?.done), waiting: Number(found?.unsigned) + Number(found?.left) };
}

/** From the few keys that were compromised to what they signed, which a `cross join` says to SQLite: it would go through all certificates. */
export const LEFT_TO_REISSUE = sql`select count(*) ${as('left', bigint())} from (select 1 as one
  from ${IssuerKey} k cross join ${Certificate} c
  where k.compromised_at is not null and c.key_id = k.id and ${IS_CURRENT} limit $1) found`;

/** How many certificates of compromised keys have not been replaced yet, counted up to `most`: the cost does not grow with them. */
export const leftToReissue = async (most: number): Promise<number> =>
  Number((await row(LEFT_TO_REISSUE, [most]))?.left);
