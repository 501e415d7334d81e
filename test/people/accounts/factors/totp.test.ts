import { expect } from 'chai';
import {
  appAddress,
  codeAt,
  newSecret,
  stepAt,
  stepOfCode,
} from '../../../../server/people/accounts/factors/totp.js';

/** RFC 6238, appendix B: the secret (12345678901234567890) in base 32, and the last six digits of each code by its second. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const VECTORS: readonly (readonly [second: number, code: string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

describe('codes of an authenticator app', () => {
  it('are those of RFC 6238', () => {
    for (const [second, code] of VECTORS) expect(codeAt(SECRET, stepAt(second * 1000)), code).to.equal(code);
  });

  it('count with a clock that is half a minute off, and no more', () => {
    const now = 1_234_567_890_000;
    const at = stepAt(now);
    const taken = [-2, -1, 0, 1, 2].map(off => stepOfCode(SECRET, codeAt(SECRET, at + off), now));
    expect(taken).to.deep.equal([null, at - 1, at, at + 1, null]);
  });

  it('may be typed with a space, and are nothing else than six digits', () => {
    const now = 59_000;
    expect(stepOfCode(SECRET, '287 082', now)).to.equal(stepAt(now));
    for (const typed of ['', '28708', '2870820', '28708x', '２８７０８２'])
      expect(stepOfCode(SECRET, typed, now), typed).to.equal(null);
  });

  it('are told to an app with the name of the account and of the site', () => {
    const address = new URL(
      appAddress({ secret: SECRET, account: 'ada+1@example.org', issuer: 'Safe Passage' }),
    );
    expect(address.host + decodeURIComponent(address.pathname)).to.equal(
      'totp/Safe Passage:ada+1@example.org',
    );
    expect(Object.fromEntries(address.searchParams)).to.include({ secret: SECRET, issuer: 'Safe Passage' });
  });

  it('come from a secret of 160 bits that is another each time', () => {
    const secrets = Array.from({ length: 20 }, newSecret);
    expect(new Set(secrets).size).to.equal(secrets.length);
    for (const secret of secrets) expect(secret).to.match(/^[A-Z2-7]{32}$/);
  });
});
