import { NotFound } from '../../../errors.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { valueOn } from '../../../platform/lib/dated.js';
import { daysInWords, dayWords } from '../day-words.js';
import { organisationHead } from '../organisation-tabs.js';
import { listedName } from '../people/member-words.js';
import { spansOf } from './change-tree.js';
import { dayOfUnit, unitsSeen, type OpenTree } from './open-tree.js';
import { findUnit } from './stored-units.js';
import { unitsHome } from './tree-page.js';
import { peopleOfUnit, type UnitPerson } from './unit-people.js';
import { unitView, type UnitSpan } from './unit-tree.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

/** People on one page. */
const PAGE = 50;

/** A unit as it is today (or was last, or will be first), what was and will be so of it, and the people placed in it. */
export async function unitPage(tree: OpenTree, unitId: string, after: string) {
  const [day, stored] = [dayOfUnit(tree, unitId), await findUnit(tree.organisation.id, unitId)];
  const unit = unitsSeen(tree, day).find(({ id }) => id === unitId);
  if (!unit || !stored) throw new NotFound();
  const own = spansOf(tree.spans, unitId);
  const here = `${unitsHome(tree)}/${unitId}`;
  const { shown, last } = await pageOfList(PAGE, limit =>
    peopleOfUnit(tree.actor, { unitId, day, after, limit }),
  );
  return {
    organisation: organisationHead(tree.organisation, tree.actor),
    back: unitsHome(tree),
    name: unit.name,
    path: unit.path.slice(0, -1),
    code: stored.code,
    state: stateOf(own, tree),
    history: own.sort(latestFirst).map(span => inWords(span, tree)),
    people: shown.map(person => personRow(person, tree.organisation.id)),
    next: last && nextHref(here, last),
    steps: tree.mayChange && unitView(own, tree.today)?.closedOn === null ? stepLinks(here) : [],
    belowHref: tree.mayChange && day === tree.today ? `${unitsHome(tree)}/new?below=${unitId}` : null,
  };
}

const latestFirst = (one: UnitSpan, other: UnitSpan): number => (one.fromDay > other.fromDay ? -1 : 1);

/** When it opens, closes or was closed; null: it is open without an end. */
function stateOf(spans: readonly UnitSpan[], { today }: OpenTree): string | null {
  const inOrder = [...spans].sort(latestFirst);
  const [last, first] = [inOrder[0]?.toDay ?? null, inOrder.at(-1)?.fromDay ?? today];
  if (first > today) return spoken('units.opensOn', { day: dayWords(first) });
  if (last === null) return null;
  return spoken(last <= today ? 'units.closedOn' : 'units.closesOn', { day: dayWords(last) });
}

const inWords = ({ fromDay, toDay, value }: UnitSpan, tree: OpenTree) => ({
  days: daysInWords({ fromDay, toDay }, tree.today),
  name: value.name,
  above: value.parentId === null ? null : nameOn(tree, value.parentId, fromDay),
});

const nameOn = ({ spans }: OpenTree, unitId: string, day: string): string =>
  valueOn(spansOf(spans, unitId), day)?.name ?? '';

const personRow = ({ membershipId, job, employment, ...person }: UnitPerson, organisationId: string) => ({
  name: listedName(person),
  job,
  isOnLeave: employment === 'on-leave',
  href: `/organisations/${organisationId}/people/${membershipId}`,
});

const nextHref = (here: string, last: UnitPerson): string =>
  `${here}?${new URLSearchParams({ after: last.next }).toString()}`;

const stepLinks = (here: string) =>
  (['name', 'place', 'merger', 'closing'] as const).map(step => ({ step, href: `${here}/${step}` }));
