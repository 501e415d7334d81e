import { expect } from 'chai';
import { verifyCredential } from '../../../server/proof/open-badges/verify.js';
import { issue, keyFrom, LATER, list, trusting } from './sample.js';

describe('the verifier of a key', () => {
  it('is never that of another key with the same id, whichever was met first', async () => {
    const key = await keyFrom('issuer');
    const { text } = await issue(key);
    const statusList = await list(key);
    const own = trusting(key);
    const exchanged = { publicKeyMultibase: (await keyFrom('another')).publicKeyMultibase };
    const forged = {
      ...own,
      verificationMethod: own.verificationMethod.map(method => ({ ...method, ...exchanged })),
    };
    const reasons = async (didDocument: typeof own) =>
      (await verifyCredential({ text, didDocument, now: LATER, statusList })).reasons;
    expect(await reasons(own)).to.deep.equal([]);
    expect(await reasons(forged)).to.deep.equal(['bad-signature']);
    expect(await reasons(own)).to.deep.equal([]);
  });

  it('refuses what is not an Ed25519 key, each time', async () => {
    const key = await keyFrom('issuer');
    const { text } = await issue(key);
    const own = trusting(key);
    for (const publicKeyMultibase of ['', 'z', key.publicKeyMultibase.slice(0, -4), 'not a key']) {
      const verificationMethod = own.verificationMethod.map(method => ({ ...method, publicKeyMultibase }));
      const check = { text, didDocument: { ...own, verificationMethod }, now: LATER };
      for (let time = 0; time < 2; time += 1)
        expect((await verifyCredential(check)).reasons, publicKeyMultibase).to.deep.equal(['bad-signature']);
    }
  });
});
