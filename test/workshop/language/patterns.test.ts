import { expect } from 'chai';
import { isIn } from '../../../server/workshop/language/find-language.js';
import { patterns } from '../../../server/workshop/language/patterns.js';

describe('a pattern of the language check', () => {
  for (const pattern of patterns) {
    it(`${pattern.name} finds its bad example and leaves its good one`, () => {
      expect(isIn(pattern, pattern.bad)).to.equal(true);
      expect(isIn(pattern, pattern.good)).to.equal(false);
    });
  }

  it('has a name of its own', () => {
    const names = patterns.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).to.deep.equal([]);
  });
});
