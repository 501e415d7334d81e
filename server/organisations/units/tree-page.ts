import { spoken } from '../../i18n/spoken.js';
import type { DayParts } from '../../lib/days.js';
import { dayParts, dayWords } from '../day-words.js';
import { isOn } from '../../lib/dated.js';
import { organisationHead } from '../organisation-tabs.js';
import { spansOf } from './change-tree.js';
import { unitsSeen, type OpenTree } from './open-tree.js';
import { branchesOf, type Branch } from './unit-order.js';
import { unitView } from './unit-tree.js';

/** What was asked of the tree: a day (in the organisation's zone; null: none that can be looked at), and how it was typed. */
interface AskedDay {
  readonly day: string | null;
  readonly typed: DayParts;
  readonly isAsked: boolean;
}

/** The tree as it is on a day, as we say it now: today, or the one that was asked for. */
export function treePage(tree: OpenTree, { day, typed, isAsked }: AskedDay) {
  const home = unitsHome(tree);
  const shown = day ?? tree.today;
  const isToday = shown === tree.today;
  return {
    ...{ home, asked: isAsked ? typed : dayParts(tree.today) },
    errors: (isAsked && day === null ? { day: spoken('errors.change-day') } : {}) as Record<string, string>,
    day: isToday ? null : dayWords(shown),
    organisation: organisationHead(tree.organisation, tree.actor),
    units: branchesOf(unitsSeen(tree, shown)).map(branch => linked(branch, home)),
    others:
      tree.mayChange && isToday ? notOpen(tree).map(({ id, name }) => ({ name, href: `${home}/${id}` })) : [],
    newHref: tree.mayChange ? `${home}/new` : null,
  };
}

/** The address of an organisation's units. */
export const unitsHome = ({ organisation }: Pick<OpenTree, 'organisation'>): string =>
  `/organisations/${organisation.id}/units`;

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
