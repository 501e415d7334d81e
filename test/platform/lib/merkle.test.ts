import { createHash } from 'node:crypto';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { leafHash, merklePath, merkleRoot, rootFromPath } from '../../../server/platform/lib/merkle.js';

const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const node = (left: string, right: string) => sha256(`01${left}${right}`);
const entries = fc.array(fc.string(), { minLength: 1, maxLength: 40 });

describe('a Merkle tree', () => {
  it('has the root of RFC 9162 for none, one and seven entries', () => {
    expect(merkleRoot([])).to.equal(sha256(''));
    expect(merkleRoot([leafHash('a')])).to.equal(sha256('0061'));
    const [a, b, c, d, e, f, g] = [...'abcdefg'].map(leafHash) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const expected = node(node(node(a, b), node(c, d)), node(node(e, f), g));
    expect(merkleRoot([a, b, c, d, e, f, g])).to.equal(expected);
    expect(merklePath([a, b, c, d, e, f, g], 6)).to.deep.equal([node(e, f), node(node(a, b), node(c, d))]);
  });

  it('proves each entry by its path', () => {
    fc.assert(
      fc.property(entries, texts => {
        const leaves = texts.map(leafHash);
        const root = merkleRoot(leaves);
        leaves.forEach((leaf, index) => {
          const place = { index, size: leaves.length, path: merklePath(leaves, index) };
          expect(rootFromPath(leaf, place)).to.equal(root);
        });
      }),
    );
  });

  it('proves no other entry, no other place, and no path that is cut or longer', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (texts, at) => {
        const leaves = [...texts, 'last'].map(leafHash);
        const root = merkleRoot(leaves);
        const index = at % leaves.length;
        const [leaf = '', place] = [
          leaves[index],
          { index, size: leaves.length, path: merklePath(leaves, index) },
        ];
        expect(rootFromPath(leafHash(`not ${texts.join()}`), place)).to.not.equal(root);
        expect(rootFromPath(leaf, { ...place, path: place.path.slice(1) })).to.not.equal(root);
        expect(rootFromPath(leaf, { ...place, path: [leaf, ...place.path] })).to.not.equal(root);
        const elsewhere = rootFromPath(leaf, { ...place, index: (index + 1) % leaves.length });
        if (leaves[(index + 1) % leaves.length] !== leaf) expect(elsewhere).to.not.equal(root);
      }),
    );
  });
});
