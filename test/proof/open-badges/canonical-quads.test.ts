import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential as plainVerify } from '@digitalbazaar/vc';
import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalQuads } from '../../../server/proof/open-badges/canonical-quads.js';
import { buildCredential, type AwardFacts } from '../../../server/proof/open-badges/credential.js';
import { documentLoader } from '../../../server/proof/open-badges/document-loader.js';
import { verifyCredential } from '../../../server/proof/open-badges/verify.js';
import { AWARDED, BASE_URL, DAY, DID, facts, issue, keyFrom, LATER, list, trusting } from './sample.js';

describe('canonical N-Quads, filled in', () => {
  let loads = 0;
  const options = {
    async documentLoader(url: string) {
      loads += 1;
      return documentLoader()(url);
    },
    base: null,
    safe: true,
  } as const;
  const filled = (document: object) => canonicalQuads(document, options);
  const plain = (document: object) => rdfc.canonize(document, options);
  const certificate = (changes: Partial<AwardFacts> = {}) => buildCredential({ ...facts, ...changes });

  /** Whatever people are called, and whatever they reached. */
  const anybody = fc.record({
    credentialId: fc.uuid(),
    subjectId: fc.uuid(),
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
    awardedAt: fc.integer({ min: AWARDED, max: AWARDED + 900 * DAY }),
    validUntil: fc.constantFrom(null, AWARDED + 1000 * DAY),
    statusList: fc.record({ id: fc.integer({ min: 1, max: 3 }), index: fc.nat(131_071) }),
    modules: fc
      .array(fc.nat(100), { minLength: 1, maxLength: 3 })
      .map(all =>
        all.map((percent, at) => ({ id: `m${at}`, title: `M ${at}`, percent, requiredPercent: 66 })),
      ),
  });

  it('are those of the library, for any facts', async () => {
    await fc.assert(
      fc.asyncProperty(anybody, async changes => {
        const document = certificate(changes);
        expect(await filled(document)).to.equal(await plain(document));
      }),
      { numRuns: 150 },
    );
  });

  it('are those of the library for names that look like syntax', async () => {
    await filled(certificate());
    for (const name of [
      'urn:slot:0',
      '@type',
      '',
      '"',
      '\\',
      'a\nb',
      '<b>',
      '_:c14n0',
      '\u0000',
      facts.credentialId,
    ]) {
      const document = certificate({ name });
      expect(await filled(document), JSON.stringify(name)).to.equal(await plain(document));
    }
  });

  it('are computed once for the part that a course’s certificates share', async () => {
    await filled(certificate({ issuerName: 'Read once' }));
    loads = 0;
    const document = certificate({ issuerName: 'Read once', name: 'Eve', credentialId: facts.subjectId });
    const text = await filled(document);
    expect(loads).to.equal(0);
    expect(text).to.equal(await plain(document));
  });

  it('come from the library for credentials that are not in the usual form', async () => {
    const usual = certificate();
    for (const changed of [
      { ...usual, id: 'https://elsewhere.example/1' },
      { ...usual, validFrom: '2026-11-24' },
      { ...usual, validFrom: '2026-11-24T10:30:00+01:00' },
    ])
      for (const _twice of [1, 2]) expect(await filled(changed)).to.equal(await plain(changed));
  });

  it('are refused where the library refuses, also when asked again', async () => {
    const strange = { ...certificate(), constructor: 'x' };
    for (const _twice of [1, 2])
      expect(await filled(strange).catch((fault: Error) => fault)).to.be.instanceOf(Error);
  });

  it('make certificates that the library alone verifies', async () => {
    const key = await keyFrom('issuer');
    const did = trusting(key);
    const method = { '@context': 'https://w3id.org/security/multikey/v1', ...did.verificationMethod[0] };
    const own = documentLoader(
      new Map<string, object>([
        [DID, did],
        [`${DID}#${key.keyId}`, method],
      ]),
    );
    for (const name of ['Ada', 'Bo', 'Łucja “Q” \\ O’Hara', 'محمد بن عبد الله', '👩🏽‍✈️ Kim']) {
      const { text } = await issue(key, { name });
      const { credentialStatus: _status, ...rest } = JSON.parse(text) as Record<string, unknown>;
      const checkStatus = async () => ({ verified: true });
      const result = await plainVerify({
        credential: { ...rest, credentialStatus: _status },
        suite: [new DataIntegrityProof({ cryptosuite: rdfc })],
        documentLoader: own,
        checkStatus,
        now: new Date(LATER),
      });
      expect(result.verified, name).to.equal(true);
      const input = { text, statusList: await list(key), didDocument: did, now: LATER };
      expect((await verifyCredential(input)).verdict, name).to.equal('valid');
      expect((await verifyCredential({ ...input, reading: 'quick' })).verdict, name).to.equal('valid');
      const altered = text.replace(/"proofValue":"z.(.)/, (all, letter) =>
        all.replace(/.$/, letter === 'a' ? 'b' : 'a'),
      );
      expect((await verifyCredential({ ...input, text: altered, reading: 'quick' })).verdict).to.equal(
        'tampered',
      );
    }
    expect(BASE_URL).to.match(/^https/);
  });
});
