import { expect } from 'chai';
import { jsonBytes, takenFrom } from '../../../../../server/people/organisations/roster/json-parts.js';

describe('Values of parts, taken once', () => {
  it('come in their order, and a part is let go before its values are used', () => {
    const parts = [[1, 2], [3]].map(values => jsonBytes(JSON.stringify(values)));
    const seen = Array.from(takenFrom<number>(parts), value => [value, parts.length]);
    expect(seen).to.deep.equal([
      [1, 1],
      [2, 1],
      [3, 0],
    ]);
  });
});
