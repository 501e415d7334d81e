import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { overlap } from '../../../platform/lib/dated.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { Exemption, ExemptionNote } from '../tables.js';
import type { ExemptionReason } from './exemption-reasons.js';
import { isSoleDecider } from './sole-decider.js';
import type { OfAssignment } from './of-assignment.js';

/** `toDay`: the first day on which it is over. `dueDay`: the day by which, of an extension. `note` '': none. */
export interface NewExemption {
  readonly kind: 'waiver' | 'extension';
  readonly reason: ExemptionReason;
  readonly fromDay: string;
  readonly toDay: string;
  readonly dueDay: string | null;
  readonly note: string;
}

/** `overlaps`: another one of its kind covers some of these days. */
export type ExemptionOutcome =
  | { readonly kind: 'made'; readonly exemptionId: string }
  | { readonly kind: 'refused'; readonly why: 'overlaps' };

const OWN = sql`select ${columns(Exemption, 'e', 'id', 'kind', 'fromDay', 'toDay')} from ${Exemption} e
  where e.membership_id = $1 and e.requirement_id = $2 and e.retired_at is null`;

/** Exempt somebody from a requirement for a time, or give them more time. It ends by itself. */
export function makeExemption(of: OfAssignment, asked: NewExemption): Promise<ExemptionOutcome> {
  return inTransaction(async () => {
    const { organisation, requirementId, membershipId, actorId, now } = of;
    await holdOrganisation(organisation.id);
    const others = await rows(OWN, [membershipId, requirementId]);
    if (others.some(each => each.kind === asked.kind && overlap(each, asked)))
      return { kind: 'refused', why: 'overlaps' };
    const { note, ...exemption } = asked;
    const id = newId();
    const own = { id, organisationId: organisation.id, requirementId, membershipId };
    const decided = { recordedAt: now, actorId, isSoleDecider: await isSoleDecider(of) };
    await insert(Exemption, { ...own, ...exemption, ...decided });
    if (note !== '') await insert(ExemptionNote, { exemptionId: id, organisationId: organisation.id, note });
    const news = { exemptionId: id, requirementId, membershipId, ...exemption };
    await record('exemption.made', news, { organisationId: organisation.id, actorId, now });
    return { kind: 'made', exemptionId: id };
  });
}

const STANDING = sql`select ${columns(Exemption, 'e', 'id', 'organisationId', 'requirementId', 'membershipId', 'kind', 'reason')},
    ${columns(Exemption, 'e', 'fromDay', 'toDay', 'dueDay', 'isSoleDecider', 'recordedAt', 'actorId')} from ${Exemption} e
  where e.id = $1 and e.membership_id = $2 and e.requirement_id = $3 and e.retired_at is null and e.to_day > $4`;
const RETIRE = sql`update ${Exemption} set retired_at = $1, retired_by = $2 where id = $3`;
const MOVE_NOTE = sql`update ${ExemptionNote} set exemption_id = $1 where exemption_id = $2`;

/**
 * End an exemption before its time, from today on: until yesterday it stays as it was. Returns whether there was one that had
 * not ended.
 */
export function endExemption(of: OfAssignment, exemptionId: string): Promise<boolean> {
  return inTransaction(async () => {
    const { organisation, requirementId, membershipId, actorId, now } = of;
    await holdOrganisation(organisation.id);
    const today = dayOf(now, organisation.timeZone);
    const found = await row(STANDING, [exemptionId, membershipId, requirementId, today]);
    if (!found) return false;
    await rows(RETIRE, [now, actorId, exemptionId]);
    if (found.fromDay < today) {
      const id = newId();
      // Who made it stays on record in the row that is retired; this one says that it was cut short, and by whom.
      const shorter = { ...found, id, isSoleDecider: Boolean(found.isSoleDecider), toDay: today };
      await insert(Exemption, { ...shorter, recordedAt: now, actorId });
      await rows(MOVE_NOTE, [id, exemptionId]);
    }
    const news = { exemptionId, requirementId, membershipId, endsOn: today };
    await record('exemption.ended', news, { organisationId: organisation.id, actorId, now });
    return true;
  });
}
