import { expect } from 'chai';
import fc from 'fast-check';
import { parseInteger } from '../../../server/platform/lib/numbers.js';

describe('parseInteger', () => {
  const bounds = { min: -20, max: 300 };

  it('reads plain decimal integers', () => {
    expect(['0', '7', '-20', '300'].map(text => parseInteger(text, bounds))).to.deep.equal([0, 7, -20, 300]);
  });

  it('refuses numbers out of bounds', () => {
    expect(parseInteger('-21', bounds)).to.equal(null);
    expect(parseInteger('301', bounds)).to.equal(null);
    expect(parseInteger('9007199254740993', { min: 0, max: Infinity })).to.equal(null);
  });

  const hostile = [
    ...[
      '',
      ' ',
      ' 7',
      '7 ',
      '7\n',
      '+7',
      '-0',
      '007',
      '7.0',
      '7,0',
      '1e2',
      '1e999',
      '0x10',
      '0b1',
      '1_0',
      '٧',
      '７',
    ],
    ...['NaN', 'Infinity', '-Infinity', '[80]', 'null', 'true', '__proto__', '1'.repeat(100_000)],
    ...[7, NaN, 7n, true, null, undefined, ['7'], [7], { valueOf: () => 7 }, new String('7'), Symbol('7')],
  ];
  for (const value of hostile) {
    it(`refuses ${typeof value} ${String(value).slice(0, 20)}`, () => {
      expect(parseInteger(value, bounds)).to.equal(null);
    });
  }

  it('reads every safe integer, and no other spelling of it', () => {
    const wide = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
    fc.assert(fc.property(fc.maxSafeInteger(), number => parseInteger(String(number), wide) === number));
    fc.assert(
      fc.property(fc.anything(), value => {
        const number = parseInteger(value, wide);
        expect(number === null || String(number) === value).to.equal(true);
      }),
    );
  });
});
