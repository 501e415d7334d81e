import { User } from '../../people/accounts/tables.js';
import { rows } from '../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../platform/db/sql.js';
import { listedName } from '../../people/organisations/people/member-words.js';
import { organisationHead } from '../../people/organisations/organisation-tabs.js';
import { visibleTo } from '../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../people/organisations/tables.js';
import type { Standing } from '../requirements/standings.js';
import { Assignment, StandingInterval } from '../requirements/tables.js';
import { fitting } from './asked-intervals.js';
import { askedIntervals, type OpenStandings } from './open-standings.js';
import { whenText } from './overview-page.js';
import { askedBy, hrefOf } from './standing-filters.js';
import { dueText, standingTag } from './standing-signs.js';
import { pageOfList } from '../../platform/lib/lists/page-of-list.js';

/** Lines of one page. */
const PAGE = 50;

const PERSON = sql`${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}`;

const THEN = sql`s.membership_id = a.membership_id and s.requirement_id = a.requirement_id`;
const NOW = sql`n.membership_id = a.membership_id and n.requirement_id = a.requirement_id`;

/** Everybody of whom we say something else now, of the same day, than we said then. */
async function differing(open: OpenStandings, after: string, limit: number) {
  const asked = { ...askedIntervals(open), ...askedBy(null, open.day) };
  const ids = asked.requirementIds;
  if (ids.length === 0 || asked.unitIds?.length === 0) return [];
  const then = fitting(asked, ids.length + 5);
  const next = ids.length + 5 + then.params.length;
  const now = fitting({ ...asked, saidAt: null }, next, { alias: sql`n` });
  const first = next + now.params.length;
  const reach = await visibleTo(open.actor, { alias: sql`m`, first });
  const [id, requirementId, name] = [after.slice(0, 36), after.slice(37, 73), after.slice(74)];
  return rows(
    sql`select ${columns(Membership, 'm', 'id', 'sortName')}, ${columns(Assignment, 'a', 'requirementId')}, ${PERSON},
          ${orNull(columns(StandingInterval, 's', 'standing', 'dueDay'))},
          ${orNull(renamed(StandingInterval, 'n', { standingNow: 'standing', dueDayNow: 'dueDay' }))}
        from ${Assignment} a join ${Membership} m on m.id = a.membership_id
        left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        left join ${StandingInterval} s on ${THEN} and ${then.condition}
        left join ${StandingInterval} n on ${NOW} and ${now.condition}
        where (m.sort_name, m.id, a.requirement_id) > ($1, $2, $3) and a.requirement_id in (${parameters(ids.length, 5)})
          and (coalesce(s.standing, '') <> coalesce(n.standing, '') or coalesce(s.due_day, '') <> coalesce(n.due_day, ''))
          and ${reach.condition}
        order by m.sort_name, m.id, a.requirement_id limit $4`,
    [name, id, requirementId, limit, ...ids, ...then.params, ...now.params, ...reach.params],
  );
}

/** What we said of a day and what we know of it now, line by line. */
export async function differencesPage(open: OpenStandings, after: string) {
  const { shown, last } = await pageOfList(PAGE, limit => differing(open, after, limit));
  const next = last ? `${last.id} ${last.requirementId} ${last.sortName}` : '';
  const here = `${open.home}/differences`;
  return {
    organisation: organisationHead(open.organisation, open.actor),
    back: hrefOf(open.home, open.filters),
    when: whenText(open),
    lines: shown.map(each => ({
      name: listedName(each),
      href: hrefOf(
        `/organisations/${open.organisation.id}/people/${each.id}/requirements/${each.requirementId}/why`,
        {
          on: open.day,
          known: open.filters.known,
        },
      ),
      requirement: open.requirements.find(({ id }) => id === each.requirementId)?.title ?? '',
      then: said(each.standing, each.dueDay),
      now: said(each.standingNow, each.dueDayNow),
    })),
    next: last ? hrefOf(here, { ...open.filters, after: next }) : null,
  };
}

const said = (standing: Standing | null, dueDay: string | null) => {
  const shown = standing ?? 'not-required';
  return { tag: standingTag(shown), due: dueText(shown, dueDay) };
};
