import { expect } from 'chai';
import { claimsFromSaml, type SamlParty } from '../../../../server/people/identity/saml/saml.js';
import { readSamlMetadata } from '../../../../server/people/identity/saml/saml-description.js';
import {
  assertionXml,
  honest,
  metadataOf,
  newSigner,
  responseXml,
  signedXml,
  type Asked,
  type Said,
} from './saml-provider.js';

const [signer, next, stranger] = [newSigner(), newSigner(), newSigner()];
const asked: Asked = {
  ...{ state: 'state', requestId: '_request' },
  ...{ answer: 'https://us.example/sign-in/saml', ourselves: 'https://us.example/metadata.xml' },
};
const said: Said = { nameId: 'mara', attributes: { mail: 'mara@northern.example' } };
let [good, evil] = ['', ''];

function party(signers = [signer]): SamlParty {
  const description = readSamlMetadata(metadataOf(signers), false);
  if (typeof description === 'string') throw new Error(description);
  return { description, ourselves: asked.ourselves, answer: asked.answer };
}

const read = (xml: string, signers = [signer]) =>
  claimsFromSaml(party(signers), Buffer.from(xml).toString('base64'), asked);

/** Why a response is refused: our word for it, or that of the library. */
const faultOf = (xml: string): Promise<string> =>
  read(xml).then(
    ({ sub }) => `let in as ${sub}`,
    (error: unknown) => (error as { code?: string }).code ?? (error as Error).message,
  );

const SIGNATURE = /<ds:Signature.*<\/ds:Signature>/s;
const signatureOf = (xml: string): string => SIGNATURE.exec(xml)?.[0] ?? '';

describe('what a SAML provider says', () => {
  // What is said counts for a minute.
  beforeEach(() => {
    good = signedXml(assertionXml(asked, said), signer);
    evil = assertionXml(asked, { ...said, nameId: 'root' }, '_evil');
  });

  it('is who came, in the words of OpenID Connect beside its own', async () => {
    const attributes = {
      mail: 'mara@northern.example',
      groups: ['crew', 'leads'],
      givenName: 'Mara',
      'urn:oid:2.5.4.4': 'Lind',
      email_verified: 'false',
      sub: 'root',
    };
    const claims = await read(honest(asked, { ...said, attributes }, signer));
    expect(claims).to.deep.include({ sub: 'mara', email: 'mara@northern.example', email_verified: true });
    expect(claims).to.deep.include({ groups: ['crew', 'leads'], given_name: 'Mara', family_name: 'Lind' });
  });

  it('has an address where its name is one', async () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
    const named = await read(honest(asked, { nameId: 'mara@northern.example', format }, signer));
    expect(named.email).to.equal('mara@northern.example');
    const none = await read(honest(asked, { nameId: 'mara' }, signer));
    expect([none.email, none.email_verified]).to.deep.equal([undefined, false]);
  });

  it('may be signed by each of its keys, and the whole may be signed, too', async () => {
    const both = [signer, next];
    for (const each of both) expect((await read(honest(asked, said, each), both)).sub).to.equal('mara');
    expect((await read(signedXml(responseXml(asked, good), signer, 'Response'))).sub).to.equal('mara');
  });

  const forged: Record<string, () => [string, RegExp]> = {
    'not signed': () => [responseXml(asked, assertionXml(asked, said)), /^unsigned$/],
    'signed as a whole alone': () => [
      signedXml(responseXml(asked, assertionXml(asked, said)), signer, 'Response'),
      /^unsigned$/,
    ],
    'signed by another key': () => [honest(asked, said, stranger), /signature/i],
    'signed with SHA-1': () => [
      responseXml(asked, signedXml(assertionXml(asked, said), signer, 'Assertion', true)),
      /^signature-form$/,
    ],
    'changed after it was signed': () => [responseXml(asked, good.replace('>mara<', '>root<')), /signature/i],
    'for another audience': () => [
      honest(asked, { ...said, audience: 'https://o.example' }, signer),
      /audience/,
    ],
    'for another recipient': () => [
      honest(asked, { ...said, recipient: 'https://o.example' }, signer),
      /^recipient$/,
    ],
    'sent to another destination': () => [
      honest(asked, { ...said, destination: 'https://o.example' }, signer),
      /^destination$/,
    ],
    'that answers another request': () => [
      responseXml(asked, signedXml(assertionXml(asked, { ...said, inResponseTo: '_other' }), signer)),
      /InResponseTo/,
    ],
    'around which another request was written': () => [
      honest(asked, { ...said, inResponseTo: '_other' }, signer),
      /^request$/,
    ],
    'that answers none': () => [honest(asked, { ...said, inResponseTo: '' }, signer), /^request$/],
    'of another issuer': () => [honest(asked, { ...said, issuer: 'https://o.example' }, signer), /^issuer$/],
    'that is over': () => [honest(asked, { ...said, moved: -120_000 }, signer), /No valid subject|expired/],
    'that is still to come': () => [honest(asked, { ...said, moved: 120_000 }, signer), /not yet valid/],
    'of a name that changes each time': () => [
      honest(asked, { ...said, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }, signer),
      /^subject$/,
    ],
    'with a comment in its name': () => [
      honest(asked, said, signer).replace('>mara<', '>ma<!-- -->ra<'),
      /^comment$/,
    ],
    'with a document type': () => [
      `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${honest(asked, said, signer)}`,
      /^doctype$/,
    ],
    'that refuses': () => [responseXml(asked, '', {}, 'Responder'), /^access_denied$/],
    'that is no XML': () => ['nonsense', /^not-well-formed$/],
    'that is empty': () => ['', /^not-well-formed$/],
    // Signature wrapping (Somorovsky and others, "On Breaking SAML", 2012): what is signed stays in the document, and another is to be read.
    'wrapped: a second assertion before the signed one': () => [
      responseXml(asked, evil + good),
      /^assertions$/,
    ],
    'wrapped: a second assertion behind the signed one': () => [
      responseXml(asked, good + evil),
      /^assertions$/,
    ],
    'wrapped: the signed one inside the other': () => [
      responseXml(asked, evil.replace('</saml:Assertion>', `${good}</saml:Assertion>`)),
      /^assertions$/,
    ],
    'wrapped: the other with the signature, the signed one within it': () => [
      responseXml(
        asked,
        evil.replace(
          '<saml:Subject>',
          `${signatureOf(good).replace('</ds:Signature>', `<ds:Object>${good.replace(SIGNATURE, '')}</ds:Object></ds:Signature>`)}<saml:Subject>`,
        ),
      ),
      /^assertions$/,
    ],
    'wrapped: the signed one in an extension of the response': () => [
      responseXml(
        asked,
        `<samlp:Extensions>${good}</samlp:Extensions>${evil.replace('<saml:Subject>', `${signatureOf(good)}<saml:Subject>`)}`,
      ),
      /^assertions$/,
    ],
    'wrapped: under another name': () => [responseXml(asked, `<x>${good}</x>`), /^assertions$/],
    'wrapped: the same id twice': () => [
      responseXml(asked, good.replace('<saml:Subject>', '<saml:Subject ID="_assertion">')),
      /^ids$/,
    ],
    'wrapped: a signature over something else': () => [
      responseXml(asked, evil.replace('<saml:Subject>', `${signatureOf(good)}<saml:Subject>`)),
      /^signature-form$/,
    ],
    'wrapped: the signature moved out of what it signs': () => [
      responseXml(asked, `${signatureOf(good)}${good.replace(SIGNATURE, '')}`),
      /^unsigned$/,
    ],
    encrypted: () => [responseXml(asked, `<saml:EncryptedAssertion/>${good}`), /^encrypted$/],
  };

  for (const [name, make] of Object.entries(forged))
    it(`is refused: a response ${name}`, async () => {
      const [xml, why] = make();
      expect(await faultOf(xml)).to.match(why);
    });
});

describe('the metadata of a SAML provider', () => {
  it('is one provider with a key that is strong enough, and an address over HTTPS', () => {
    const whole = metadataOf([signer]);
    expect(readSamlMetadata(whole, false)).to.include({ entryPoint: 'https://saml.northern.example/sso' });
    const faults = {
      unread: [
        'nonsense',
        `<!DOCTYPE x>${whole}`,
        whole.replaceAll('IDPSSODescriptor', 'SPSSODescriptor'),
        whole.replace('entityID', 'entityId'),
      ],
      redirect: [
        whole.replaceAll('HTTP-Redirect', 'HTTP-Artifact'),
        whole.replaceAll('https://saml', 'http://saml'),
      ],
      certificate: [
        metadataOf([]),
        metadataOf([newSigner(undefined, 1024)]),
        whole.replace(signer.certificate, 'AAAA'),
      ],
      requests: [metadataOf([signer], 'WantAuthnRequestsSigned="true"')],
    };
    for (const [fault, texts] of Object.entries(faults))
      for (const text of texts) expect(readSamlMetadata(text, false), text.slice(0, 80)).to.equal(fault);
  });
});
