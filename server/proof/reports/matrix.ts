import { listedName } from '../../people/organisations/people/member-words.js';
import type { OpenStandings } from './open-standings.js';
import { askedIntervals } from './open-standings.js';
import { peopleStanding, standingsOf, type FoundStanding } from './find-standings.js';
import { hrefOf } from './standing-filters.js';
import { dueText, standingTag } from './standing-signs.js';
import { pageOfList } from '../../platform/lib/lists/page-of-list.js';

/** People on one page of the list: the fewer, the more is required, since each standing costs as much as a person. */
const [FEWEST, MOST, STANDINGS] = [10, 50, 300];
const peopleOnPage = (requirements: number): number =>
  Math.min(MOST, Math.max(FEWEST, Math.floor(STANDINGS / Math.max(1, requirements))));

/** A page of people with a column for each requirement that is looked at, after a place in the list. */
export async function matrix(open: OpenStandings, after: string) {
  const asked = askedIntervals(open);
  const { shown: people, last } = await pageOfList(peopleOnPage(open.chosen.length), limit =>
    peopleStanding(open.actor, asked, { after, limit }),
  );
  const found = await standingsOf(
    people.map(({ id }) => id),
    asked,
  );
  const cell = new Map(found.map(each => [`${each.membershipId} ${each.requirementId}`, each]));
  return {
    columns: open.chosen.map(({ title }) => title),
    people: people.map(person => ({
      name: listedName(person),
      href: `/organisations/${open.organisation.id}/people/${person.id}`,
      staffNumber: person.staffNumber,
      unit: person.unit,
      cells: open.chosen.map(({ id }) => cellOf(cell.get(`${person.id} ${id}`), open)),
    })),
    next: last && hrefOf(open.home, { ...open.filters, after: last.next }),
  };
}

/** Null: nothing is required of them. */
function cellOf(found: FoundStanding | undefined, open: OpenStandings) {
  if (!found || found.standing === 'not-required') return null;
  const { standing, dueDay, membershipId, requirementId } = found;
  const person = `/organisations/${open.organisation.id}/people/${membershipId}`;
  return {
    tag: standingTag(standing),
    due: dueText(standing, dueDay),
    href: hrefOf(`${person}/requirements/${requirementId}/why`, {
      on: open.filters.on,
      known: open.filters.known,
    }),
  };
}
