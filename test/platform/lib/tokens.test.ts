import { expect } from 'chai';
import { deriveKey, linkToken, sha256 } from '../../../server/platform/lib/tokens.js';

describe('keys and link texts', () => {
  it('hash as FIPS 180-2 says', () => {
    expect(sha256('abc')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256(Buffer.from('abc'))).to.equal(sha256('abc'));
    expect(sha256('')).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('derive a key of 32 bytes for each purpose, always the same', () => {
    const secret = Buffer.alloc(32, 7);
    expect(deriveKey(secret, 'one')).to.have.length(32);
    expect(deriveKey(secret, 'one')).to.deep.equal(deriveKey(secret, 'one'));
    const keys = [
      deriveKey(secret, 'one'),
      deriveKey(secret, 'two'),
      deriveKey(Buffer.alloc(32, 8), 'one'),
      secret,
    ];
    expect(new Set(keys.map(key => key.toString('hex'))).size).to.equal(4);
  });

  it('derive as RFC 5869 says', () => {
    // HKDF-SHA-256 of the RFC's third test case (no salt, no info), its first 32 bytes.
    expect(deriveKey(Buffer.alloc(22, 0x0b), '').toString('hex')).to.equal(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    );
  });

  it('make the text of a link from a key and a row', () => {
    const key = Buffer.alloc(32, 1);
    expect(linkToken(key, 'row-1')).to.match(/^[\w-]{43}$/);
    expect(linkToken(key, 'row-1')).to.equal(linkToken(key, 'row-1'));
    expect(linkToken(key, 'row-2')).not.to.equal(linkToken(key, 'row-1'));
    expect(linkToken(Buffer.alloc(32, 2), 'row-1')).not.to.equal(linkToken(key, 'row-1'));
  });
});
