import { expect } from 'chai';
import { partOfTree, UNITS_ON_PAGE } from '../../../../server/people/organisations/units/tree-part.js';
import { unitsInOrder } from '../../../../server/people/organisations/units/unit-order.js';

const span = (unitId: string, parentId: string | null) => ({
  ...{ id: unitId, unitId, fromDay: '2026-01-01', toDay: null },
  value: { name: unitId, parentId },
});

/** Regions of twenty bases each, in the order of the tree. */
const tree = (regions: number) =>
  unitsInOrder(
    Array.from({ length: regions }, (_, region) => `r${100 + region}`).flatMap(region => [
      span(region, null),
      ...Array.from({ length: 20 }, (_, base) => span(`${region}-${10 + base}`, region)),
    ]),
    '2026-06-01',
    'en',
  );

const ids = (units: readonly { readonly id: string }[]) => units.map(({ id }) => id);

describe('a part of a tree', () => {
  it('is all of it where it is small', () => {
    expect(partOfTree(tree(4), '')).to.deep.equal({ units: tree(4), last: null });
  });

  it('begins below the units above its first one, and all parts together are the tree', () => {
    const all = tree(40);
    const found: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const { units, last } = partOfTree(all, after);
      const above = units.filter(({ id }) => found.includes(id));
      expect(units.length - above.length).to.be.at.most(UNITS_ON_PAGE);
      expect(ids(above)).to.deep.equal(units[above.length]?.above.slice(0, -1));
      found.push(...ids(units.slice(above.length)));
      after = last;
    }
    expect(found).to.deep.equal(ids(all));
  });

  it('begins at the beginning after a unit that is not there', () => {
    expect(partOfTree(tree(40), 'gone')).to.deep.equal(partOfTree(tree(40), ''));
  });
});
