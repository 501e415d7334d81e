import { expect } from 'chai';
import {
  readLogoutRequest,
  type SentLogout,
} from '../../../../server/people/identity/saml/logout-request.js';
import { readSamlMetadata } from '../../../../server/people/identity/saml/saml-description.js';
import { metadataOf, newSigner, signedXml } from './saml-provider.js';
import { answeredBy, ANSWERED, logoutQuery, logoutXml, signedLogout } from './signing-out.js';

const [signer, next, stranger] = [newSigner(), newSigner(), newSigner()];
const destination = 'https://us.example/sign-out';
const said = { nameId: 'mara', destination };
const OLD = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const SIGNATURE = /<ds:Signature.*<\/ds:Signature>/s;

function read(sent: SentLogout) {
  const description = readSamlMetadata(metadataOf([signer, next]), false);
  if (typeof description === 'string') throw new Error(description);
  const party = {
    description,
    ourselves: 'https://us.example/metadata.xml',
    answer: 'https://us.example/saml',
  };
  return readLogoutRequest(party, { sent, destination }, Date.now());
}

const inForm = (xml: string): SentLogout => ({
  by: 'form',
  message: Buffer.from(xml).toString('base64'),
  relayState: 'back',
});
const inAddress = (query: string): SentLogout => ({ by: 'address', query });

/** Why a request is refused: our word for it, or that of whatever read it. */
async function faultOf(sent: SentLogout): Promise<string> {
  try {
    const { nameId } = await read(sent);
    return `signs out ${nameId}`;
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).message;
  }
}

/** A request with its signature somewhere else. */
const moved = (to: (signature: string, rest: string) => string): string => {
  const xml = signedLogout(said, signer);
  return to(SIGNATURE.exec(xml)?.[0] ?? '', xml.replace(SIGNATURE, ''));
};

describe('a request to sign somebody out', () => {
  it('is read from a form and from an address, signed by each key of the provider', async () => {
    for (const each of [signer, next]) {
      const sessions = ['one', 'two'];
      const form = await read(inForm(signedLogout({ ...said, id: '_a', sessions, until: 60_000 }, each)));
      expect(form).to.deep.equal({ id: '_a', nameId: 'mara', sessions, relayState: 'back' });
      const address = await read(
        inAddress(logoutQuery(logoutXml({ ...said, id: '_b' }), each, { relayState: 'a b&c' })),
      );
      expect(address).to.deep.equal({ id: '_b', nameId: 'mara', sessions: null, relayState: 'a b&c' });
    }
  });

  it('is read from an address to the letter, however its sender writes one', async () => {
    const write = (text: string) => encodeURIComponent(text).replace(/%../g, sign => sign.toLowerCase());
    const lower = logoutQuery(logoutXml(said), signer, { relayState: 'a/b', write });
    expect(await faultOf(inAddress(lower))).to.equal('signs out mara');
    const rewritten = lower.replace(/%../g, sign => sign.toUpperCase());
    expect(await faultOf(inAddress(rewritten)), 'not what was signed').to.equal('signature');
    const empty = logoutQuery(logoutXml(said), signer, { relayState: '' });
    expect(await faultOf(inAddress(empty))).to.equal('signs out mara');
  });

  const wrong: Record<string, [() => Parameters<typeof logoutXml>[0], string]> = {
    'of another issuer': [() => ({ ...said, issuer: 'https://o.example' }), 'issuer'],
    'for another address': [
      () => ({ ...said, destination: 'https://us.example/sign-out/other' }),
      'destination',
    ],
    'that is old': [() => ({ ...said, moved: -11 * 60_000 }), 'time'],
    'that is still to come': [() => ({ ...said, moved: 60_000 }), 'time'],
    'that no longer counts': [() => ({ ...said, until: -30_000 }), 'time'],
    'without an id': [() => ({ ...said, id: '' }), 'ids'],
    'for nobody': [() => ({ ...said, nameId: '' }), 'subject'],
    'for two': [() => ({ ...said, more: '<saml:NameID>root</saml:NameID>' }), 'subject'],
    'of two issuers': [() => ({ ...said, more: '<saml:Issuer>https://o.example</saml:Issuer>' }), 'issuer'],
    'of an encrypted name': [() => ({ ...said, more: '<saml:EncryptedID/>' }), 'encrypted'],
    'with another inside': [
      () => ({
        ...said,
        more: `<samlp:Extensions>${logoutXml({ ...said, nameId: 'root' })}</samlp:Extensions>`,
      }),
      'requests',
    ],
    'with an id twice': [() => ({ ...said, id: '_x', more: '<samlp:Extensions ID="_x"/>' }), 'ids'],
    'with a comment in its name': [() => ({ ...said, nameId: 'ma<!-- -->ra' }), 'comment'],
  };
  for (const [name, [make, why]] of Object.entries(wrong))
    it(`is refused, however well it is signed: one ${name}`, async () => {
      expect(await faultOf(inAddress(logoutQuery(logoutXml(make()), signer)))).to.equal(why);
    });

  const forms: Record<string, [() => string, RegExp]> = {
    'not signed': [() => logoutXml(said), /^unsigned$/],
    'signed by another key': [() => signedLogout(said, stranger), /signature/i],
    'signed by a key that it brings itself': [
      () =>
        signedLogout(said, stranger).replace(
          '</ds:SignatureValue>',
          `$&<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${stranger.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
        ),
      /signature/i,
    ],
    'signed with SHA-1': [
      () => signedXml(logoutXml(said), signer, 'LogoutRequest', true),
      /^signature-form$/,
    ],
    'changed after it was signed': [
      () => signedLogout(said, signer).replace('>mara<', '>root<'),
      /signature/i,
    ],
    'with a session added after it was signed': [
      () => signedLogout(said, signer).replace('</samlp:Log', '<samlp:SessionIndex>s</samlp:SessionIndex>$&'),
      /signature/i,
    ],
    'with a document type': [
      () => `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${signedLogout(said, signer)}`,
      /^doctype$/,
    ],
    'that is no XML': [() => 'nonsense', /^not-well-formed$/],
    'that is something else': [
      () => signedLogout(said, signer).replaceAll('LogoutRequest', 'LogoutResponse'),
      /^logout$/,
    ],
    // Signature wrapping: what is signed stays in the document, and something else is to be read.
    'wrapped: the signed one inside the other': [
      () =>
        logoutXml({
          ...said,
          nameId: 'root',
          more: `<samlp:Extensions>${signedLogout(said, signer)}</samlp:Extensions>`,
        }),
      /^requests$/,
    ],
    'wrapped: the other with the signature, the signed one within it': [
      () =>
        moved((signature, rest) =>
          logoutXml({
            ...said,
            nameId: 'root',
            more: signature.replace('</ds:Signature>', `<ds:Object>${rest}</ds:Object>$&`),
          }),
        ),
      /^requests$/,
    ],
    'wrapped: the signed one under another name': [() => `<x>${signedLogout(said, signer)}</x>`, /^logout$/],
    'with the signature of another request': [
      () => moved(signature => logoutXml({ ...said, nameId: 'root', more: signature })),
      /^signature-form$/,
    ],
    'with its signature deeper inside': [
      () =>
        moved((signature, rest) =>
          rest.replace('<saml:NameID>', `<samlp:Extensions>${signature}</samlp:Extensions>$&`),
        ),
      /^signatures$/,
    ],
    'with its signature twice': [
      () => moved((signature, rest) => rest.replace('<saml:NameID>', `${signature}${signature}$&`)),
      /^signatures$/,
    ],
  };
  for (const [name, [make, why]] of Object.entries(forms))
    it(`is refused in a form: one ${name}`, async () => {
      expect(await faultOf(inForm(make()))).to.match(why);
    });

  const xml = () => logoutXml(said);
  const addresses: Record<string, [() => string, RegExp]> = {
    'not signed': [() => logoutQuery(xml(), signer).replace(/&Signature=.*/, ''), /^unsigned$/],
    'signed within itself alone': [
      () => logoutQuery(signedLogout(said, signer), signer).replace(/&SigAlg=.*/, ''),
      /^unsigned$/,
    ],
    'signed within itself, too': [() => logoutQuery(signedLogout(said, signer), signer), /^signatures$/],
    'signed by another key': [() => logoutQuery(xml(), stranger), /^signature$/],
    'signed with SHA-1': [
      () => logoutQuery(xml(), signer, { algorithm: OLD, hash: 'sha1' }),
      /^signature-form$/,
    ],
    'that does not say how it is signed': [
      () => logoutQuery(xml(), signer).replace(/&SigAlg=[^&]*/, ''),
      /^signature-form$/,
    ],
    'whose text for the provider was changed': [
      () => logoutQuery(xml(), signer, { relayState: 'one' }).replace('=one', '=two'),
      /^signature$/,
    ],
    'whose text for the provider was added': [
      () => `RelayState=x&${logoutQuery(xml(), signer)}`,
      /^signature$/,
    ],
    'with two requests': [
      () =>
        `${logoutQuery(xml(), signer)}&${logoutQuery(logoutXml({ ...said, nameId: 'root' }), stranger).split('&')[0]}`,
      /^query$/,
    ],
    'in another encoding': [() => `${logoutQuery(xml(), signer)}&SAMLEncoding=urn%3Aother`, /^query$/],
    'that is empty': [() => '', /^query$/],
    'that is no text of an address': [() => 'SAMLRequest=%zz', /URI malformed/],
    'that becomes too much': [
      () => logoutQuery(logoutXml({ ...said, more: ' '.repeat(5_000_000) }), signer),
      /^ERR_BUFFER_TOO_LARGE$/,
    ],
  };
  for (const [name, [make, why]] of Object.entries(addresses))
    it(`is refused in an address: one ${name}`, async () => {
      expect(await faultOf(inAddress(make()))).to.match(why);
    });
});

describe('where a SAML provider is answered', () => {
  const signOutOf = (services: string) => {
    const read = readSamlMetadata(metadataOf([signer], '', services), false);
    return typeof read === 'string' ? read : read.signOut;
  };

  it('is the address that its metadata names, for a link if it names one', () => {
    expect(signOutOf('')).to.equal(null);
    expect(signOutOf(answeredBy('POST'))).to.deep.equal({ binding: 'post', address: ANSWERED });
    const both = answeredBy('POST') + answeredBy('Redirect');
    expect(signOutOf(both)).to.deep.equal({ binding: 'redirect', address: ANSWERED });
    const own = answeredBy('Redirect', ' ResponseLocation="https://saml.northern.example/told"');
    expect(signOutOf(own)).to.deep.equal({
      binding: 'redirect',
      address: 'https://saml.northern.example/told',
    });
    for (const none of [
      answeredBy('Redirect').replace('https://', 'javascript:'),
      answeredBy('Redirect').replace('https://', 'http://'),
      answeredBy('Redirect').replace('HTTP-Redirect', 'SOAP'),
    ])
      expect(signOutOf(none), none).to.equal(null);
  });
});
