import { ERASED_NAME } from '../../../people/accounts/account-data.js';
import { endErasedFacts } from '../../../proof/certificates/erasure/erase-certificates.js';
import { rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { nullable, text } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf, monthsAfter } from '../../../platform/lib/days.js';
import { untilDone } from '../../../platform/lib/lists/until-done.js';
import {
  Membership,
  MembershipFact,
  MembershipPerson,
  Organisation,
} from '../../../people/organisations/tables.js';
import { ErasureRequest, LegalHold } from '../tables.js';
import { decideByProgram } from './erasure-requests.js';

const LEFT = sql`select ${columns(Membership, 'm', 'id')}, ${columns(Organisation, 'o', 'retentionMonths', 'timeZone')},
    (select max(f.from_day) from ${MembershipFact} f where f.membership_id = m.id
      and f.kind = 'employment' and f.value = 'left' and f.retired_at is null) ${as('leftOn', nullable(text()))}
  from ${Membership} m join ${Organisation} o on o.id = m.organisation_id
    join ${MembershipPerson} p on p.membership_id = m.id
  where m.employment = 'left' and o.retention_months is not null and p.name <> $1
    and not exists (select 1 from ${LegalHold} h where h.lifted_at is null
      and (h.membership_id = m.id or h.user_id = m.user_id))
    and not exists (select 1 from ${ErasureRequest} r where r.membership_id = m.id and r.state in ('asked', 'decided'))`;

/**
 * What organisations know by name of people who left goes after so many months, as each has set: no decision is needed, only
 * that no legal hold stands. An account of the same person is theirs, and stays. Awards of erased people go when their time
 * is over.
 */
export async function endRetention(now: number): Promise<void> {
  const by = { actorId: null, now };
  for (const { id, retentionMonths, timeZone, leftOn } of await rows(LEFT, [ERASED_NAME])) {
    const isOver = leftOn !== null && monthsAfter(leftOn, retentionMonths ?? 0) <= dayOf(now, timeZone);
    if (isOver)
      await inTransaction(() => decideByProgram({ userId: null, membershipId: id }, 'retention', by));
  }
  await untilDone(500, () => endErasedFacts(dayOf(now, 'utc')));
}
