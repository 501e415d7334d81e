import { isOn } from '../../lib/dated.js';
import { organisationHead } from '../organisation-tabs.js';
import { spansOf } from './change-tree.js';
import { unitsSeen, type OpenTree } from './open-tree.js';
import { branchesOf, type Branch } from './unit-order.js';
import { unitView } from './unit-tree.js';

/** The tree of today and, for those who may change it, the units that are not open today. */
export function treePage(tree: OpenTree) {
  const home = unitsHome(tree);
  return {
    organisation: organisationHead(tree.organisation, tree.actor),
    units: branchesOf(unitsSeen(tree, tree.today)).map(branch => linked(branch, home)),
    others: tree.mayChange ? notOpen(tree).map(({ id, name }) => ({ name, href: `${home}/${id}` })) : [],
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
