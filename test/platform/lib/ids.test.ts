import { expect } from 'chai';
import fc from 'fast-check';
import {
  displayCode,
  isId,
  newCode,
  newId,
  newOrderedId,
  normaliseCode,
} from '../../../server/platform/lib/ids.js';

const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const code = fc.stringMatching(CODE, { size: 'max' });

describe('ids', () => {
  it('are new each time and valid', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(new Set(ids).size).to.equal(1000);
    expect(ids.every(isId)).to.equal(true);
  });

  it('that are ordered are new each time, valid, and sort by their moments', () => {
    const moments = [0, 1, 1_795_867_200_000, 1_795_867_200_001, 2 ** 47];
    const ids = moments.map(newOrderedId);
    expect(ids.every(isId)).to.equal(true);
    expect([...ids].sort()).to.deep.equal(ids);
    expect(newOrderedId(1)).not.to.equal(newOrderedId(1));
  });

  it('have one spelling', () => {
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    expect(isId(id)).to.equal(true);
    const others = [
      id.toUpperCase(),
      `${id} `,
      ` ${id}`,
      `${id}\n`,
      id.replaceAll('-', ''),
      `{${id}}`,
      `${id.slice(0, -1)}g`,
      `${id}0`,
      '00000000-0000-0000-0000-000000000000',
      '3f2504e0-4f89-01d3-9a0c-0305e82c3301',
      '3f2504e0-4f89-41d3-1a0c-0305e82c3301',
      '',
      null,
      undefined,
      1,
      [id],
      { toString: () => id },
    ];
    for (const other of others) expect(isId(other), String(other)).to.equal(false);
    fc.assert(fc.property(fc.anything(), other => !isId(other)));
  });
});

describe('codes', () => {
  it('have 16 unambiguous characters, and are new each time', () => {
    const codes = Array.from({ length: 2000 }, newCode);
    expect(new Set(codes).size).to.equal(2000);
    for (const each of codes) expect(each).to.match(CODE);
  });

  it('use every character about as often', () => {
    const counted = new Map<string, number>();
    for (const sign of Array.from({ length: 2000 }, newCode).join(''))
      counted.set(sign, (counted.get(sign) ?? 0) + 1);
    expect(counted.size).to.equal(32);
    for (const [sign, count] of counted) expect(count, sign).to.be.within(800, 1200);
  });

  it('are recognised however they are typed', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('-', ' ', '', '\u2013', '\u00a0', ' - '), (each, gap) => {
        const typed = ` ${(each.match(/.{1,4}/g) ?? []).join(gap).toLowerCase()} `;
        return normaliseCode(typed) === each;
      }),
    );
  });

  it('read look-alike letters as digits', () => {
    expect(normaliseCode('oO0Ii1Ll-23456789')).to.equal('0001111123456789');
  });

  it('are printed in groups of four, and read back', () => {
    expect(displayCode('7K3M9QXD2TFAW5HN')).to.equal('7K3M-9QXD-2TFA-W5HN');
    fc.assert(fc.property(code, each => normaliseCode(displayCode(each)) === each));
  });

  it('are refused in any other form', () => {
    const others = [
      '',
      '7K3M9QXD2TFAW5H',
      '7K3M9QXD2TFAW5HNN',
      '7K3M9QXD2TFAW5HU',
      '７K3M9QXD2TFAW5HN',
      '-'.repeat(200),
      ' '.repeat(65),
    ];
    for (const other of others) expect(normaliseCode(other), other).to.equal(null);
    for (const other of [null, undefined, 7, ['7K3M9QXD2TFAW5HN'], {}])
      expect(normaliseCode(other)).to.equal(null);
    fc.assert(
      fc.property(fc.string(), text => {
        const found = normaliseCode(text);
        return found === null || CODE.test(found);
      }),
    );
  });
});
