import { expect } from 'chai';
import fc from 'fast-check';
import { openFields, readRows, valueIn } from '../../../server/teaching/questions/answer-rows.js';

const rows = { fields: ['place-b', 'place-a', 'place-c'], values: ['1', '2', '3'] };

describe('rows of selects', () => {
  it('tell which are still open, in the order of the page', () => {
    expect(openFields({}, rows)).to.deep.equal(['place-b', 'place-a', 'place-c']);
    expect(openFields({ 'place-a': '2' }, rows)).to.deep.equal(['place-b', 'place-c']);
    expect(openFields({ 'place-a': '2', 'place-b': '1', 'place-c': '2' }, rows)).to.deep.equal([
      'place-a',
      'place-c',
    ]);
    expect(openFields({ 'place-a': '2', 'place-b': '1', 'place-c': '3' }, rows)).to.deep.equal([]);
  });

  it('hold no value that is not offered, and no list', () => {
    expect(valueIn({ 'place-a': '4' }, 'place-a', rows)).to.equal(null);
    expect(valueIn({ 'place-a': ['1'] }, 'place-a', rows)).to.equal(null);
    expect(valueIn({}, 'place-a', rows)).to.equal(null);
  });

  it('read back from a form what was read from it', () => {
    const value = fc.constantFrom('', ...rows.values);
    fc.assert(
      fc.property(fc.record({ 'place-a': value, 'place-b': value, 'place-c': value }), form => {
        const first = readRows(form, rows);
        if (first.ok) expect(readRows(first.response, rows)).to.deep.equal(first);
        else expect(Object.values(form)).to.deep.equal(['', '', '']);
      }),
    );
  });

  it('do not read what only the prototype of a form holds', () => {
    expect(readRows(Object.create({ 'place-a': '1' }), rows)).to.deep.equal({
      ok: false,
      problem: 'missing',
    });
  });
});
