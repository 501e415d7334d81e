import { rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, sql } from '../../../platform/db/sql.js';
import { text } from '../../../platform/db/table.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import { MAIL_REACH, type NotReached } from '../../requirements/mail-reach.js';
import type { OpenRequirements } from '../../requirements/rules/open-requirement.js';
import { StandingInterval } from '../../requirements/tables.js';
import { requirementsInForce } from './due-reminders.js';

/** People that the page names. */
const MOST = 50;

/**
 * People without an account of whom something is asked today and whom no mail reaches, of those whom the reader may see: each with the
 * reason, which asks for what can be done about it. The first of them; `more`: there are others.
 */
export async function peopleNotReached({ organisation, actor, today }: OpenRequirements) {
  const required = await requirementsInForce(organisation.id, today);
  if (required.length === 0) return { people: [], more: false };
  const ids = required.map(({ requirementId }) => requirementId);
  const reach = await visibleTo(actor, { alias: sql`m`, first: ids.length + 3 });
  const found = await rows(
    sql`select f.why ${as('why', text<NotReached>(10))}, ${columns(Membership, 'f', 'id')}, ${orNull(columns(MembershipPerson, 'f', 'name', 'email'))}
        from (select m.id, p.name, p.email, ${MAIL_REACH} as why
          from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
          where m.organisation_id = $1 and m.user_id is null and m.employment <> 'left' and ${reach.condition}
            and exists (select 1 from ${StandingInterval} s where s.membership_id = m.id and s.retired_at is null
              and s.requirement_id in (${parameters(ids.length, 3)})
              and s.from_day <= $2 and (s.to_day is null or s.to_day > $2)
              and s.standing in ('gap', 'overdue', 'in-grace', 'expiring', 'current', 'due-soon', 'not-yet-due'))) f
        where f.why <> 'invited' order by f.why desc, f.email, f.id limit ${MOST + 1}`,
    [organisation.id, today, ...ids, ...reach.params],
  );
  const people = found.slice(0, MOST).map(({ id, name, email, why }) => ({
    ...{ why, name: name ?? '' },
    text: spoken(`reminderLog.whyNot.${why}`, { address: email ?? '' }),
    href: `/organisations/${organisation.id}/people/${id}`,
  }));
  return { people, more: found.length > MOST };
}
