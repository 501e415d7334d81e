import canonicalizeOf from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../../server/platform/lib/canonical-json.js';

// Its types describe an ES module, which it is not.
const canonicalize = canonicalizeOf as unknown as (value: unknown) => string;

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units, as RFC 8785 says (section 3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).to.deep.equal([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('has no white space, keeps the order of lists and leaves out undefined values', () => {
    expect(canonicalJson({ b: [3, 1, { d: null, c: true }], a: 'ä\n"', z: undefined })).to.equal(
      '{"a":"ä\\n\\"","b":[3,1,{"c":true,"d":null}]}',
    );
  });

  it('writes numbers as JavaScript does, and refuses those that JSON cannot carry', () => {
    expect(canonicalJson([0, -0, 1e21, 1.5, 1e-7, 4.5e15])).to.equal('[0,0,1e+21,1.5,1e-7,4500000000000000]');
    for (const number of [NaN, Infinity, -Infinity]) {
      expect(() => canonicalJson({ number }), String(number)).to.throw(TypeError);
    }
  });

  it('is the same for equal values in any order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Json)).to.equal(text);
        expect(canonicalJson(turned(value) as Json)).to.equal(text);
      }),
    );
  });

  it('equals that of the library that makes the proofs of certificates', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
        expect(canonicalJson(value)).to.equal(canonicalize(value));
      }),
    );
    expect(canonicalJson('\ud800')).to.equal(canonicalize('\ud800'));
  });

  it('parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        expect(JSON.parse(canonicalJson(plain))).to.deep.equal(plain);
      }),
    );
  });
});

/** The same value with the members of every object in reverse order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  );
}
