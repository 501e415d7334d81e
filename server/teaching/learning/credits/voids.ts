import { insert, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { Membership } from '../../../people/organisations/tables.js';
import { Credit, CreditVoid } from './tables.js';

type VoidReason = Row<typeof CreditVoid>['because'];

/** Whoever rules (null: the program), and when (epoch ms). */
interface RuledBy {
  readonly actorId: string | null;
  readonly now: number;
}

/** These never held: the credit is void from its own day on. Others do so from the day of the ruling. */
const FROM_THE_START: ReadonlySet<VoidReason> = new Set(['not-earned', 'issued-in-error', 'undone']);

/** One credit, or that of a cycle. `fromDay`: of an outside issuer's ruling, the day from which it does not cover. */
type VoidedCredit = ({ readonly cycleId: string } | { readonly creditId: string }) & {
  readonly because: VoidReason;
  readonly fromDay?: string;
};

const CREDITS = sql`select ${columns(Credit, 'c', 'id', 'organisationId', 'membershipId', 'completedOn')} from ${Credit} c`;

/** The same credit of the membership in whose favour that of the first parameter was closed. */
const IS_CARRIED = sql`exists (select 1 from ${Credit} o join ${Membership} m on m.id = o.membership_id
  where o.id = $1 and c.membership_id = m.merged_into and c.source = o.source and c.source_id = o.source_id
    and c.course_slug = o.course_slug)`;

const creditsMeant = (of: VoidedCredit) =>
  'creditId' in of
    ? rows(sql`${CREDITS} where c.id = $1 or ${IS_CARRIED}`, [of.creditId])
    : rows(sql`${CREDITS} where c.source = 'cycle' and c.source_id = $1`, [of.cycleId]);

const STANDING = sql`select ${columns(CreditVoid, 'v', 'id')} from ${CreditVoid} v
  where v.credit_id = $1 and v.because = $2 and v.retired_at is null`;

/**
 * A credit does not cover any more: from the start where it was not earned or given in error, otherwise from the day that is named
 * or today in the organisation's zone. Twice is once; a cycle without a credit has nothing to lose. Joins the transaction of
 * the ruling.
 */
export function voidCredit(of: VoidedCredit, { actorId, now }: RuledBy): Promise<void> {
  return inTransaction(async () => {
    const { because } = of;
    for (const { id: creditId, organisationId, membershipId, completedOn } of await creditsMeant(of)) {
      if ((await rows(STANDING, [creditId, because])).length > 0) continue;
      const timeZone = (await findOrganisation(organisationId))?.timeZone ?? 'UTC';
      const fromDay = FROM_THE_START.has(because) ? completedOn : (of.fromDay ?? dayOf(now, timeZone));
      const row = { id: newId(), creditId, organisationId, because, fromDay, recordedAt: now, actorId };
      await insert(CreditVoid, row);
      const payload = { creditId, membershipId, because };
      await record('credit.voided', payload, { actorId, organisationId, now });
    }
  });
}

const LIFT = sql`update ${CreditVoid} set retired_at = $1 where credit_id = $2 and because = $3 and retired_at is null
  returning id`;

/** A void is lifted: its row is retired, so that the credit has covered without a gap. Without one nothing happens. */
export function liftVoid(of: VoidedCredit, { actorId, now }: RuledBy): Promise<void> {
  return inTransaction(async () => {
    const { because } = of;
    for (const { id: creditId, organisationId, membershipId } of await creditsMeant(of)) {
      if ((await rows(LIFT, [now, creditId, because])).length === 0) continue;
      const payload = { creditId, membershipId, because };
      await record('credit.void-lifted', payload, { actorId, organisationId, now });
    }
  });
}

/** A void as it is read. */
export type VoidRow = Readonly<Row<typeof CreditVoid>>;

/** The voids of these credits, retired ones too. */
export const voidsOf = (creditIds: readonly string[]): Promise<VoidRow[]> =>
  creditIds.length === 0
    ? Promise.resolve([])
    : rows(
        sql`select ${columns(
          CreditVoid,
          'v',
          'id',
          'creditId',
          'organisationId',
          'because',
          'fromDay',
          'toDay',
          'recordedAt',
          'retiredAt',
          'actorId',
        )} from ${CreditVoid} v where v.credit_id in (${parameters(creditIds.length)}) order by v.recorded_at, v.id`,
        creditIds,
      );
