import { expect } from 'chai';
import {
  buildCredential,
  NOT_COMPARED,
  UNCHECKED,
  type Assurance,
} from '../../../server/proof/open-badges/credential.js';
import { didDocument, issuerDid } from '../../../server/proof/open-badges/did.js';
import { signCredential } from '../../../server/proof/open-badges/sign.js';
import { createSigner } from '../../../server/proof/open-badges/issuer-key.js';
import { documentLoader } from '../../../server/proof/open-badges/document-loader.js';
import { AWARDED, DID, facts, issue, keyFrom, loader } from './sample.js';

describe('buildCredential', () => {
  it('names the course version, the status list and the issuer by their public addresses', () => {
    const { issuer, credentialSubject: subject, credentialStatus: status } = buildCredential(facts);
    expect(issuer).to.deep.include({ id: DID, url: 'https://training.example/issuer' });
    expect(subject.achievement.id).to.equal('https://training.example/achievements/airline-and-transport/v3');
    expect(status).to.include({
      id: 'https://training.example/status/revocation/1#4711',
      statusListCredential: 'https://training.example/status/revocation/1',
      statusListIndex: '4711',
    });
  });

  it('contains a result for each module, beside the required result', () => {
    const { result, achievement } = buildCredential(facts).credentialSubject;
    const described = new Map(achievement.resultDescription.map(each => [each.id, each]));
    const read = result.map(({ value, resultDescription }) => ({
      ...described.get(resultDescription),
      value,
    }));
    expect(read[0]).to.include({
      name: 'Foundations',
      value: '92',
      requiredValue: '80',
      resultType: 'Percent',
    });
    expect(read[1]).to.include({ name: 'Reporting', value: '100', requiredValue: '80' });
    expect(read[2]).to.include({
      name: 'Planned length in minutes',
      value: '180',
      resultType: 'ext:Minutes',
    });
  });

  it('says which duties the course supports, and that nobody has approved it', () => {
    const { achievement } = buildCredential(facts).credentialSubject;
    expect(achievement.alignment).to.deep.equal([
      {
        type: ['Alignment'],
        targetName: 'Article 3',
        targetFramework: 'United Nations',
        targetUrl: 'https://un.example/protocol',
        targetDescription:
          'The course supports this duty. This is not a claim that anybody approved the course.',
      },
    ]);
    const [duty] = facts.course.supports ?? [];
    const saidOf = (claim: 'supports' | 'supports-with-gap' | 'context') => {
      const course = { ...facts.course, supports: duty ? [{ ...duty, claim }] : [] };
      return buildCredential({ ...facts, course }).credentialSubject.achievement.alignment?.[0]
        ?.targetDescription;
    };
    expect(saidOf('supports-with-gap')).to.include('part of').and.not.include('supports this duty');
    expect(saidOf('context')).to.not.include('duty');
    const none = buildCredential({ ...facts, course: { ...facts.course, supports: [] } });
    expect(none.credentialSubject.achievement).not.to.have.property('alignment');
  });

  it('has single values and lists where the 1EdTech schema requires them', async () => {
    const credential = JSON.parse((await issue(await keyFrom('issuer'))).text) as Record<string, unknown>;
    for (const listed of ['@context', 'type', 'credentialSchema', 'proof'])
      expect(credential[listed], listed).to.be.an('array');
    for (const single of ['issuer', 'credentialSubject', 'credentialStatus'])
      expect(credential[single], single).to.be.an('object');
  });

  it('contains no e-mail address and no identifier but the name', () => {
    const credential = buildCredential(facts);
    expect(credential.credentialSubject.identifier.map(each => each.identityType)).to.deep.equal(['name']);
    expect(JSON.stringify(credential)).not.to.include('@training');
  });

  it('says who gave the name, and that the test was not supervised', () => {
    const narrative = (assurance: Assurance) =>
      buildCredential({ ...facts, assurance }).credentialSubject.narrative;
    expect(narrative('holder'))
      .to.include('holder')
      .and.include('not supervised')
      .and.not.include('employer');
    expect(narrative('listed')).to.include('employer’s list').and.not.include('holder');
    expect(narrative('approved')).to.include('approved').and.not.include('employer');
    // An award of the time in which no name was compared says so, and not that the employer stated it.
    expect(narrative('employer')).to.include(NOT_COMPARED).and.not.include(UNCHECKED);
  });

  it('normalises both spellings of a name to one', () => {
    const name = (text: string) => buildCredential({ ...facts, name: text }).credentialSubject.identifier[0];
    expect(name('Zoe\u0308')).to.deep.equal(name('Zo\u00eb'));
    expect(name('a\n\u0303')?.identityHash).to.equal('a\n\u0303');
  });

  it('does not turn an organisation name into a link', () => {
    const { narrative } = buildCredential({ ...facts, organisationName: '[x](http://x)' }).credentialSubject;
    expect(narrative).to.include('\\[x\\](http://x)');
  });

  it('is a course completion, whether it ends or not', () => {
    const endless = buildCredential({ ...facts, validUntil: null });
    expect(endless).not.to.have.property('validUntil');
    for (const { credentialSubject } of [endless, buildCredential(facts)])
      expect(credentialSubject.achievement.achievementType).to.equal('CertificateOfCompletion');
  });

  it('refuses an end before the award', () => {
    expect(() => buildCredential({ ...facts, validUntil: AWARDED })).to.throw(RangeError);
  });

  it('refuses a lone surrogate', () => {
    expect(() => buildCredential({ ...facts, name: 'A\ud800' })).to.throw(RangeError);
  });
});

describe('signCredential', () => {
  it('gives the same bytes for the same facts, key and time', async () => {
    const key = await keyFrom('issuer');
    expect(await issue(key)).to.deep.equal(await issue(key));
  });

  it("refuses a key that is not the issuer's", async () => {
    const signer = createSigner('did:web:evil.example', await keyFrom('issuer'));
    const signing = signCredential({ credential: buildCredential(facts), signer, now: AWARDED, loader });
    expect(await signing.catch((error: Error) => error.message)).to.include('is not a key of');
  });

  it('refuses a term that the contexts do not define', async () => {
    const signer = createSigner(DID, await keyFrom('issuer'));
    const credential = { ...buildCredential(facts), rank: 'expert' };
    const signing = signCredential({ credential, signer, now: AWARDED, loader });
    expect(await signing.catch((error: Error) => error)).to.be.instanceOf(Error);
  });
});

describe('the issuer', () => {
  it('has a did:web with the port and the path of its address', () => {
    expect(issuerDid('https://training.example')).to.equal('did:web:training.example');
    expect(issuerDid('http://localhost:8080')).to.equal('did:web:localhost%3A8080');
    expect(issuerDid('https://example.org/lms')).to.equal('did:web:example.org:lms');
  });

  it('lists a compromised key, but asserts nothing with it', async () => {
    const [good, bad] = [await keyFrom('good'), await keyFrom('bad')];
    const did = didDocument({
      baseUrl: facts.baseUrl,
      keys: [
        { ...good, compromisedAt: null },
        { ...bad, compromisedAt: AWARDED },
      ],
    });
    expect(did.verificationMethod.map(method => method.id)).to.deep.equal([
      `${DID}#${good.keyId}`,
      `${DID}#${bad.keyId}`,
    ]);
    expect(did.assertionMethod).to.deep.equal([`${DID}#${good.keyId}`]);
    expect(did.alsoKnownAs).to.deep.equal([`did:key:${good.keyId}`]);
    expect(did.verificationMethod[0]).to.have.all.keys('id', 'type', 'controller', 'publicKeyMultibase');
  });
});

describe('documentLoader', () => {
  it('returns the pinned contexts and the documents that it was given, and nothing else', async () => {
    const own = documentLoader(new Map([['https://a.example/', { a: 1 }]]));
    expect(await own('https://www.w3.org/ns/credentials/v2')).to.include({ tag: 'static' });
    expect((await own('https://a.example/')).document).to.deep.equal({ a: 1 });
    expect(await own('https://b.example/').catch((error: Error) => error.message)).to.include(
      'https://b.example/',
    );
  });
});
