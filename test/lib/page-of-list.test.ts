import { expect } from 'chai';
import { pageOfList } from '../../server/lib/page-of-list.js';

describe('a page of a list', () => {
  const cases: [string, number[], number[], number | null][] = [
    ['fewer rows than it holds', [1], [1], null],
    ['as many rows as it holds: no empty page follows', [1, 2], [1, 2], null],
    ['one more', [1, 2, 3], [1, 2], 2],
    ['none', [], [], null],
  ];
  for (const [what, found, shown, last] of cases)
    it(`is right of ${what}`, () => expect(pageOfList(found, 2)).to.deep.equal({ shown, last }));
});
