import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { openSecret, sealSecret } from '../../../../server/people/accounts/factors/sealed-secrets.js';

describe('the sealed secret of an app', () => {
  const key = randomBytes(32);
  const sealed = sealSecret('GEZDGNBVGY3TQOJQ', 'ada', key);

  it('opens for its person, and is sealed otherwise each time', () => {
    expect(openSecret(sealed, 'ada', key)).to.equal('GEZDGNBVGY3TQOJQ');
    expect(sealSecret('GEZDGNBVGY3TQOJQ', 'ada', key)).to.not.equal(sealed);
  });

  it('opens in no other row, with no other key, and not once it was changed', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (const at of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => openSecret(changed.toString('base64url'), 'ada', key), String(at)).to.throw();
    }
    expect(() => openSecret(sealed, 'cleo', key)).to.throw();
    expect(() => openSecret(sealed, 'ada', randomBytes(32))).to.throw();
  });
});
