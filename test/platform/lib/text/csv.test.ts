import { expect } from 'chai';
import fc from 'fast-check';
import { csv } from '../../../../server/platform/lib/text/csv.js';

/** Reads what RFC 4180 says, and nothing more. */
function read(text: string): string[][] {
  const records: string[][] = [];
  let [record, rest] = [[] as string[], text];
  while (rest !== '') {
    const found = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!found) throw new Error(`Not CSV: ${rest}`);
    record.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === '\r\n') [record, records[records.length]] = [[], record];
    rest = rest.slice(found[0].length);
  }
  return records;
}

describe('CSV', () => {
  it('is what RFC 4180 shows', () => {
    expect(csv(['aaa', 'bbb', 'ccc'], [['b "bb"', 'c,c', 'd\r\nd']])).to.equal(
      'aaa,bbb,ccc\r\n"b ""bb""","c,c","d\r\nd"\r\n',
    );
    expect(csv(['a', 'b'], [])).to.equal('a,b\r\n');
  });

  it('is read back as it was written, whatever the texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\r', '\n', 'é', '=') });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), records => {
        const back = read(csv(['one', 'two'], records));
        const expected = records.map(record =>
          record.map(cell => (/^[=\r\n]/.test(cell) ? `'${cell}` : cell)),
        );
        expect(back).to.deep.equal([['one', 'two'], ...expected]);
      }),
    );
  });

  it('makes no text a formula, not even in the header', () => {
    for (const text of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      '＋1',
      '－1',
      '＠A1',
    ]) {
      const [header, record] = read(csv([text], [[text]]));
      expect(header?.[0]).to.equal(`'${text}`);
      expect(record?.[0]).to.equal(`'${text}`);
    }
    expect(csv(['a'], [['1=1']])).to.equal('a\r\n1=1\r\n');
  });

  it('writes numbers as numbers, and refuses others', () => {
    expect(csv(['a', 'b', 'c'], [[-0.25, 0, null]])).to.equal('a,b,c\r\n-0.25,0,\r\n');
    expect(() => csv(['a'], [[NaN]])).to.throw(RangeError);
    expect(() => csv(['a'], [[Infinity]])).to.throw(RangeError);
  });

  it('refuses a record that does not fit its header', () => {
    expect(() => csv(['a', 'b'], [['1']])).to.throw(RangeError, 'header of 2');
  });
});
