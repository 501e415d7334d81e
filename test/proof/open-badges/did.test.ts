import { expect } from 'chai';
import { didDocument, documentNamed, isSamePlace } from '../../../server/proof/open-badges/did.js';

const FORMER = 'did:web:old.example%3A8080:training';
const keys = [
  { publicKeyMultibase: 'z6MkTrusted', compromisedAt: null },
  { publicKeyMultibase: 'z6MkStolen', compromisedAt: 1 },
];
const document = didDocument({ baseUrl: 'https://new.example', formerDids: [FORMER], keys });

describe('the DID document of an issuer that has moved', () => {
  it('has the same keys under the name of a former address, and trusts none that it does not trust today', () => {
    const named = documentNamed(document, FORMER);
    expect(named?.id).to.equal(FORMER);
    expect(named?.verificationMethod.map(({ id, controller }) => [id, controller])).to.deep.equal([
      [`${FORMER}#z6MkTrusted`, FORMER],
      [`${FORMER}#z6MkStolen`, FORMER],
    ]);
    expect(named?.assertionMethod).to.deep.equal([`${FORMER}#z6MkTrusted`]);
  });

  it('is not the document of anybody else, nor of one of its own keys', () => {
    expect(documentNamed(document, document.id)).to.equal(document);
    for (const other of ['did:web:stranger.example', 'did:web:old.example', 'did:key:z6MkTrusted', null, {}])
      expect(documentNamed(document, other)).to.equal(null);
  });

  it('finds a place at its old and at its new address, and nowhere else', () => {
    const place = (base: string) => `${base}/status/revocation/1`;
    const old = place('http://old.example:8080/training');
    expect(isSamePlace(document, old, place('https://new.example'))).to.equal(true);
    expect(isSamePlace(document, old, place('https://old.example'))).to.equal(false);
    expect(isSamePlace(document, old, place('https://stranger.example'))).to.equal(false);
    expect(isSamePlace(document, old, 'https://new.example/status/revocation/2')).to.equal(false);
  });
});
