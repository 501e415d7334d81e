import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { ErasureRequest, LegalHold } from '../tables.js';
import type { Subject } from './subject.js';

/** While it stands, nothing of somebody is erased, and no clock ends. */
export interface StandingHold {
  readonly why: string;
  readonly placedAt: number;
}

const STANDING = sql`select ${columns(LegalHold, 'h', 'why', 'placedAt')} from ${LegalHold} h
  where h.lifted_at is null and (h.user_id = $1 or h.membership_id = $2)`;

/** The legal hold on somebody, or null. */
export const holdOn = ({ userId, membershipId }: Subject): Promise<StandingHold | null> =>
  row(STANDING, [userId ?? '', membershipId ?? '']);

const DECIDED = sql`select ${columns(ErasureRequest, 'r', 'id')} from ${ErasureRequest} r
  where r.state = 'decided' and (r.user_id = $1 or r.membership_id = $2)`;

/** The erasure that a hold stopped, by the hold; null where there is none. */
export const stoppedBy = async (holdId: string): Promise<string | null> =>
  (
    await row(
      sql`select ${columns(ErasureRequest, 'r', 'id')} from ${ErasureRequest} r join ${LegalHold} h
            on h.user_id = r.user_id or h.membership_id = r.membership_id
          where h.id = $1 and r.state = 'decided'`,
      [holdId],
    )
  )?.id ?? null;

/** Place a legal hold; a step of an erasure that is being carried out comes to its end first. Does nothing where one stands. */
export const placeHold = (
  { userId, membershipId }: Subject,
  why: string,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> =>
  inTransaction(async () => {
    await rows(sql`${DECIDED}${toHold()}`, [userId ?? '', membershipId ?? '']);
    const hold = { id: newId(), userId, membershipId, why, placedBy: actorId, placedAt: now };
    if (!(await insertOnce(LegalHold, hold))) return;
    await record('legal-hold.placed', { holdId: hold.id }, { actorId, organisationId: null, now });
  });

/** Lift it. Does nothing where none stands. */
export const liftHold = (
  { userId, membershipId }: Subject,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> =>
  inTransaction(async () => {
    const lifted = await rows(
      sql`update ${LegalHold} set lifted_by = $3, lifted_at = $4
          where lifted_at is null and (user_id = $1 or membership_id = $2)
          returning ${columns(LegalHold, LegalHold.table, 'id')}`,
      [userId ?? '', membershipId ?? '', actorId, now],
    );
    for (const { id } of lifted)
      await record('legal-hold.lifted', { holdId: id }, { actorId, organisationId: null, now });
  });
