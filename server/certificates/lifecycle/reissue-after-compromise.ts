import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import { supersede } from './supersede.js';

/** As many certificates at a time as leave room for other work between two batches. */
const BATCH = 100;

/** What still stands under a key: signed with it, and neither withdrawn, suspended nor replaced. */
const UNDER_KEY = `from certificates c where c.key_id = $1 and c.superseded_at is null
  and not exists (select 1 from revocations where certificate_id = c.id)
  and not exists (select 1 from suspensions where certificate_id = c.id)`;

/**
 * Put new certificates in the place of a batch that a compromised key signed, with the same facts and codes;
 * while some are left, an event asks for the next batch. Each is a transaction of its own, so that a crash
 * loses nothing and nobody waits long. A suspended one is signed anew when its suspension is lifted.
 */
export async function reissueAfterCompromise(keyId: string, now: number): Promise<void> {
  const batch = await rows<{ id: string }>(`select c.id ${UNDER_KEY} order by c.ledger_seq limit ${BATCH}`, [
    keyId,
  ]);
  for (const { id } of batch) await signAnew(id, now);
  if (batch.length < BATCH) return;
  await inTransaction(() =>
    record('issuer-key.replacing', { keyId }, { actorId: null, organisationId: null, now }),
  );
}

async function signAnew(id: string, now: number): Promise<void> {
  try {
    const change = { reason: 'signed-anew', key: `signed-anew:${id}` } as const;
    await supersede(id, change, { actorId: null, now });
  } catch (fault) {
    // Somebody ruled on it meanwhile, or another worker has this batch too: there is nothing left to do.
    if (!(fault instanceof Conflict)) throw fault;
  }
}

/** How far the replacing of what a key signed has come. */
export interface ReissueProgress {
  /** Signed anew under another key. */
  readonly done: number;
  /** Still to be put in their places, or to be signed. */
  readonly waiting: number;
}

/** Counted from the certificates themselves. */
export async function reissueProgress(keyId: string): Promise<ReissueProgress> {
  const found = await row<{ done: number; unsigned: number; left: number }>(
    `select
       (select count(*) from supersessions s join certificates c on c.id = s.certificate_id
          join certificates n on n.id = s.replacement_id
          where c.key_id = $1 and s.reason = 'signed-anew' and n.issued_at is not null) as done,
       (select count(*) from supersessions s join certificates c on c.id = s.certificate_id
          join certificates n on n.id = s.replacement_id
          where c.key_id = $1 and s.reason = 'signed-anew' and n.issued_at is null
            and n.superseded_at is null) as unsigned,
       (select count(*) ${UNDER_KEY}) as "left"`,
    [keyId],
  );
  return { done: Number(found?.done), waiting: Number(found?.unsigned) + Number(found?.left) };
}
