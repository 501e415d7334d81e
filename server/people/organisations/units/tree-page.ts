import { spoken } from '../../../platform/i18n/spoken.js';
import type { DayParts } from '../../../platform/lib/days.js';
import { dayParts, dayWords } from '../day-words.js';
import { isOn } from '../../../platform/lib/dated.js';
import { organisationHead } from '../organisation-tabs.js';
import { spansOf } from './change-tree.js';
import { unitsSeen, type OpenTree } from './open-tree.js';
import { branchesOf, type Branch, type PlacedUnit } from './unit-order.js';
import { partOfTree, UNITS_ON_PAGE } from './tree-part.js';
import { unitChoice } from './unit-choice.js';
import { unitOptions } from './unit-options.js';
import { unitView } from './unit-tree.js';

/** What was asked of the tree: a day (in the organisation's zone; null: none that can be looked at), and how it was typed. */
interface AskedDay {
  readonly day: string | null;
  readonly typed: DayParts;
  readonly isAsked: boolean;
}

/** What was asked of a tree of many units: what is looked for ('': nothing), and after which unit the page begins ('': the first). */
interface AskedPart {
  readonly query: string;
  readonly after: string;
}

/** The tree as it is on a day, as we say it now: today, or the one that was asked for. */
export async function treePage(
  tree: OpenTree,
  { day, typed, isAsked }: AskedDay,
  { query, after }: AskedPart,
) {
  const home = unitsHome(tree);
  const shown = day ?? tree.today;
  const isToday = shown === tree.today;
  const seen = unitsSeen(tree, shown);
  const { units, last } = partOfTree(seen, after);
  return {
    ...{ home, asked: isAsked ? typed : dayParts(tree.today) },
    errors: (isAsked && day === null ? { day: spoken('errors.change-day') } : {}) as Record<string, string>,
    day: isToday ? null : dayWords(shown),
    organisation: organisationHead(tree.organisation, tree.actor),
    units: branchesOf(units).map(branch => linked(branch, home)),
    next: last && nextHref(home, isToday ? null : typed, last),
    find: isToday && seen.length > UNITS_ON_PAGE ? await foundIn(tree, seen, query) : null,
    others:
      tree.mayChange && isToday ? notOpen(tree).map(({ id, name }) => ({ name, href: `${home}/${id}` })) : [],
    newHref: tree.mayChange ? `${home}/new` : null,
  };
}

/** The address of an organisation's units. */
export const unitsHome = ({ organisation }: Pick<OpenTree, 'organisation'>): string =>
  `/organisations/${organisation.id}/units`;

const nextHref = (home: string, day: DayParts | null, after: string): string =>
  `${home}?${new URLSearchParams({
    ...(day && { 'day-day': day.day, 'day-month': day.month, 'day-year': day.year }),
    after,
  }).toString()}`;

/** The units that are found, each with the way to it; none where nothing is looked for. */
async function foundIn(tree: OpenTree, seen: readonly PlacedUnit[], query: string) {
  const options = query === '' ? [] : await unitOptions(tree.organisation.id, seen);
  const { options: found, more } = unitChoice(options, { chosen: '', query });
  const home = unitsHome(tree);
  return { query, more, found: found.map(({ value, label }) => ({ name: label, href: `${home}/${value}` })) };
}

interface LinkedBranch {
  readonly name: string;
  readonly href: string;
  readonly below: readonly LinkedBranch[];
}

const linked = ({ id, name, below }: Branch, home: string): LinkedBranch => ({
  ...{ name, href: `${home}/${id}` },
  below: below.map(branch => linked(branch, home)),
});

function notOpen({ spans, today }: OpenTree): { id: string; name: string }[] {
  const open = new Set(spans.filter(span => isOn(span, today)).map(({ unitId }) => unitId));
  const others = new Set(spans.flatMap(({ unitId }) => (open.has(unitId) ? [] : unitId)));
  return [...others].map(id => ({ id, name: unitView(spansOf(spans, id), today)?.name ?? '' }));
}
