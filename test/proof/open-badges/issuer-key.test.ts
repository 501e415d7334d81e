import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { expect } from 'chai';
import {
  createSigner,
  generateKeyPair,
  openPrivateKey,
  sealPrivateKey,
  SealedKeyError,
} from '../../../server/proof/open-badges/issuer-key.js';

describe('an issuer key', () => {
  const kek = Buffer.alloc(32, 7);

  it('is new each time and named by its public key', async () => {
    const [first, second] = [await generateKeyPair(), await generateKeyPair()];
    expect(first.keyId).to.match(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);
    expect(first.keyId).to.equal(first.publicKeyMultibase);
    expect(first.keyId).not.to.equal(second.keyId);
  });

  it('signs the same bytes after it was sealed and opened', async () => {
    const key = await generateKeyPair();
    const opened = openPrivateKey(sealPrivateKey(key, kek), kek);
    const data = randomBytes(64);
    const signer = createSigner('did:web:training.example', opened);
    expect(signer.id).to.equal(`did:web:training.example#${key.keyId}`);
    expect(verify(null, data, createPublicKey(key.privateKey), await signer.sign({ data }))).to.equal(true);
  });

  it('never seals to the same text twice', async () => {
    const key = await generateKeyPair();
    expect(sealPrivateKey(key, kek)).not.to.equal(sealPrivateKey(key, kek));
  });

  it('does not open with another key-encryption key', async () => {
    const sealed = sealPrivateKey(await generateKeyPair(), kek);
    for (const wrong of [Buffer.alloc(32, 8), Buffer.alloc(16, 7)]) {
      expect(() => openPrivateKey(sealed, wrong)).to.throw(SealedKeyError);
    }
  });

  it('does not open when any one character was changed', async () => {
    const sealed = sealPrivateKey(await generateKeyPair(), kek);
    for (let at = 0; at < sealed.length; at++) {
      const letter = sealed[at] === 'A' ? 'B' : 'A';
      const flipped = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      expect(() => openPrivateKey(flipped, kek), `character ${at}`).to.throw(SealedKeyError);
    }
  });

  it('does not open under the name of another key', async () => {
    const [a, b] = [await generateKeyPair(), await generateKeyPair()];
    const renamed = sealPrivateKey(a, kek).replace(a.keyId, b.keyId);
    expect(() => openPrivateKey(renamed, kek)).to.throw(SealedKeyError);
  });
});
