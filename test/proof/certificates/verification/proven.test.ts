import { expect } from 'chai';
import { provenStatement } from '../../../../server/proof/certificates/verification/proven.js';
import { verdictOn } from '../../../../server/proof/certificates/verification/verdict.js';
import { verdictOnFile } from '../../../../server/proof/certificates/verification/file-verdict.js';
import { findCertificate } from '../../../../server/proof/certificates/queries.js';
import { examineFile } from '../../../../server/proof/open-badges/files/examine.js';
import type { FileReader } from '../../../../server/proof/open-badges/files/reader-thread.js';
import { readSigned } from '../../../../server/proof/open-badges/signed-facts.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { enterAnew, holder } from '../../../support/holders.js';
import { write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';

describe('a proven text', () => {
  ownWorld();

  /** A certificate as a check reads it, and its text as it is proven. */
  async function stored(id: string) {
    const certificate = (await findCertificate(id)) ?? expect.fail();
    const { sha256: hash, awardSha256, seal } = certificate;
    if (hash === null || awardSha256 === null) expect.fail();
    const { document: didDocument } = world().issuer;
    return { certificate, text: { sha256: hash, awardSha256, seal, didDocument } };
  }

  it('is proven at its issue: its first check has nothing left to verify', async () => {
    const { text } = await stored((await holder()).certificate.id);
    expect(provenStatement(text)).to.be.a('string');
  });

  it('is proven for its bytes, its award, its seal and its keys alone', async () => {
    const { text } = await stored((await holder()).certificate.id);
    for (const other of [
      { sha256: sha256('another text') },
      { awardSha256: sha256('another award') },
      { seal: null },
      { didDocument: { assertionMethod: [] } },
    ])
      expect(provenStatement({ ...text, ...other })).to.equal(undefined);
  });

  it('is verified in a file only where a byte of it differs', async () => {
    const { certificate } = await holder();
    const looks: string[] = [];
    const check = (text: string) => {
      const reader: FileReader = async look => {
        const examined = await examineFile(look);
        looks.push(examined.kind);
        return examined;
      };
      return verdictOnFile(Buffer.from(text), { issuer: world().issuer, reader, others: [] }, Date.now());
    };
    const answer = await check(certificate.credential);
    expect(answer).to.deep.include({ verdict: 'valid', facts: readSigned(certificate.credential) });
    expect(looks.splice(0)).to.deep.equal(['named-ours']);
    expect(await check(certificate.credential.replace('Ada', 'Eva'))).to.deep.equal({ verdict: 'altered' });
    expect(await check(`${certificate.credential} `)).to.deep.equal({ verdict: 'altered' });
    expect(looks).to.deep.equal(['named-ours', 'ours', 'named-ours', 'ours']);
  });

  it('proves no text that was changed in the database and entered anew', async () => {
    const { certificate } = await holder();
    const changed = certificate.credential.replace('Ada Marlow', 'Eve Marlow');
    await write('update certificates set credential = $1, sha256 = $2 where id = $3', [
      changed,
      sha256(changed),
      certificate.id,
    ]);
    await enterAnew(certificate.id);
    const { certificate: edited, text } = await stored(certificate.id);
    expect(edited.isIntact).to.equal(true);
    expect(await verdictOn(edited, world().issuer, Date.now())).to.equal('cannot-tell');
    expect(provenStatement(text)).to.equal(undefined);
  });
});
