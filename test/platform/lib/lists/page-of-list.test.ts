import { expect } from 'chai';
import { pageOfList } from '../../../../server/platform/lib/lists/page-of-list.js';

describe('a page of a list', () => {
  const cases: [string, number[], number[], number | null][] = [
    ['fewer rows than it holds', [1], [1], null],
    ['as many rows as it holds: no empty page follows', [1, 2], [1, 2], null],
    ['more', [1, 2, 3, 4], [1, 2], 2],
    ['none', [], [], null],
  ];
  for (const [what, all, shown, last] of cases)
    it(`is right of ${what}`, async () => {
      const page = await pageOfList(2, limit => Promise.resolve(all.slice(0, limit)));
      expect(page).to.deep.equal({ shown, last });
    });
});
