import { rows } from '../../platform/db/rows.js';
import { as, sql } from '../../platform/db/sql.js';
import { integer, text } from '../../platform/db/table.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { visibleTo } from '../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../people/organisations/tables.js';
import { can } from '../../policy.js';
import { MAIL_REACH, type MailReach } from '../requirements/mail-reach.js';
import { notReachedTexts } from '../requirements/reach-texts.js';
import type { Standing } from '../requirements/standings.js';
import { StandingInterval } from '../requirements/tables.js';
import { fitting } from './asked-intervals.js';
import { askedIntervals, isCounted, type OpenStandings } from './open-standings.js';

/** Those who must have what is required of them. */
const MUST: readonly Standing[] = [
  ...(['current', 'expiring', 'in-grace', 'overdue', 'gap', 'due-soon', 'not-yet-due'] as const),
];

/** People are counted up to here, so that the page costs the same however many there are. */
const MOST = 2_000;

/**
 * How many of those who must have something today have no account, how a mail reaches them, and where they are invited, or why nobody can be. Null: all of them
 * have one, or another day is looked at.
 */
export async function neverSignedIn(open: OpenStandings) {
  const by =
    isCounted(open) && open.chosen.length > 0 ? await reachOfThose(open) : new Map<MailReach, number>();
  const count = [...by.values()].reduce((sum, people) => sum + people, 0);
  if (count === 0) return null;
  const { organisation, actor } = open;
  const invited = by.get('invited') ?? 0;
  const mayInvite = invited > 0 && can(actor, 'organisation.administer', { organisationId: organisation.id });
  const home = `/organisations/${organisation.id}`;
  return {
    text:
      count > MOST ? spoken('reports.neverMany', { most: MOST }) : spoken('reports.neverSignedIn', { count }),
    reach: [
      ...(invited > 0 ? [{ why: 'invited', text: spoken('reports.neverInvited', { count: invited }) }] : []),
      ...notReachedTexts(by),
    ],
    to: {
      href: mayInvite ? `${home}/invitations` : `${home}/reminders`,
      text: spoken(mayInvite ? 'reports.invite' : 'reports.seeReminders'),
    },
  };
}

async function reachOfThose(open: OpenStandings): Promise<Map<MailReach, number>> {
  const asked = { ...askedIntervals(open), standings: MUST, dueBy: null };
  if (asked.unitIds?.length === 0) return new Map();
  const { condition, params } = fitting(asked, 2);
  const reach = await visibleTo(open.actor, { alias: sql`m`, first: params.length + 2 });
  const found = await rows(
    sql`select f.reach ${as('reach', text<MailReach>(10))}, count(*) ${as('people', integer())} from (
          select ${MAIL_REACH} as reach from ${Membership} m left join ${MembershipPerson} p on p.membership_id = m.id
          where m.organisation_id = $1 and m.user_id is null and m.employment <> 'left' and ${reach.condition}
            and exists (select 1 from ${StandingInterval} s where s.membership_id = m.id and ${condition})
          limit ${MOST + 1}) f
        group by f.reach`,
    [open.organisation.id, ...params, ...reach.params],
  );
  return new Map(found.map(each => [each.reach, Number(each.people)]));
}
