import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';

/** A key with a certificate of its own, made here: DER by hand, since Node makes none. */
export interface Signer {
  readonly privateKey: KeyObject;
  /** DER as base64. */
  readonly certificate: string;
}

const DAY = 86_400_000;

/** `ends`: epoch ms, when the certificate ends. */
export function newSigner(ends = Date.now() + 365 * DAY, bits = 2048): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const name = sequence(set(sequence(Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from('provider')))));
  const validity = sequence(time(ends - 3 * 365 * DAY), time(ends));
  const version = tlv(0xa0, Buffer.from('020102', 'hex'));
  const body = sequence(version, Buffer.from('020101', 'hex'), algorithm, name, validity, name, spki);
  const signature = tlv(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  return { privateKey, certificate: sequence(body, algorithm, signature).toString('base64') };
}

function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const long = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.from(length < 0x80 ? [tag, length] : [tag, ...long]), value]);
}

const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => tlv(0x31, Buffer.concat(parts));
const time = (ms: number): Buffer =>
  tlv(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`));

export const ISSUER = 'https://saml.northern.example/idp';
const ENTRY = 'https://saml.northern.example/sso';

/** The metadata of the provider, with the certificates of these signers. `services`: further ones that it names. */
export const metadataOf = (
  signers: readonly Signer[],
  more = '',
  services = '',
): string => `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${ISSUER}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" ${more}>
    ${signers
      .map(
        ({ certificate }) =>
          `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
      )
      .join('')}
    ${services}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ENTRY}/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${ENTRY}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;

/** What a browser carries to the provider. */
export interface Asked {
  readonly state: string;
  readonly requestId: string;
  /** Our address for the response, and our name, as the request says them. */
  readonly answer: string;
  readonly ourselves: string;
}

/** Reads the address to which we sent a browser. */
export function askedIn(location: string): Asked {
  const { searchParams } = new URL(location);
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  const found = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? '';
  return {
    state: searchParams.get('RelayState') ?? '',
    requestId: found(/ ID="([^"]+)"/),
    answer: found(/AssertionConsumerServiceURL="([^"]+)"/),
    ourselves: found(/Issuer[^>]*>([^<]+)</),
  };
}

/** What a response says; all but the subject follows from what was asked. */
export interface Said {
  readonly nameId: string;
  readonly format?: string;
  /** The provider's own name for the session. */
  readonly session?: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  readonly issuer?: string;
  readonly audience?: string;
  readonly recipient?: string;
  readonly destination?: string;
  readonly inResponseTo?: string;
  /** How far the times are moved (ms). */
  readonly moved?: number;
}

export const NAMESPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

export function assertionXml(asked: Asked, said: Said, id = '_assertion'): string {
  const at = Date.now() + (said.moved ?? 0);
  const [from, until] = [at - 1000, at + 60_000].map(ms => new Date(ms).toISOString());
  const { audience = asked.ourselves, recipient = asked.answer, inResponseTo = asked.requestId } = said;
  const attributes = Object.entries(said.attributes ?? {}).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${[values]
        .flat()
        .map(value => `<saml:AttributeValue>${value}</saml:AttributeValue>`)
        .join('')}</saml:Attribute>`,
  );
  return (
    `<saml:Assertion ${NAMESPACES} ID="${id}" Version="2.0" IssueInstant="${from}"><saml:Issuer>${said.issuer ?? ISSUER}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${said.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${said.nameId}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${inResponseTo}" Recipient="${recipient}" NotOnOrAfter="${until}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    (attributes.length > 0
      ? `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`
      : '') +
    `<saml:AuthnStatement AuthnInstant="${from}"${said.session === undefined ? '' : ` SessionIndex="${said.session}"`}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement></saml:Assertion>`
  );
}

/** A response around what stands in it. */
export const responseXml = (
  asked: Asked,
  inside: string,
  { destination = asked.answer, inResponseTo = asked.requestId }: Partial<Said> = {},
  status = 'Success',
): string =>
  `<samlp:Response ${NAMESPACES} ID="_response" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${destination}" InResponseTo="${inResponseTo}">` +
  `<saml:Issuer>${ISSUER}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${inside}</samlp:Response>`;

/** Sign the element of this name, as providers do: an enveloped signature behind its issuer. */
export function signedXml(xml: string, { privateKey }: Signer, name = 'Assertion', isOld = false): string {
  const signature = new SignedXml({
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    signatureAlgorithm: isOld
      ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
      : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signature.addReference({
    xpath: `//*[local-name(.)='${name}']`,
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
    digestAlgorithm: isOld
      ? 'http://www.w3.org/2000/09/xmldsig#sha1'
      : 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  const location = {
    reference: `//*[local-name(.)='${name}']/*[local-name(.)='Issuer']`,
    action: 'after' as const,
  };
  signature.computeSignature(xml, { location, prefix: 'ds' });
  return signature.getSignedXml();
}

/** A whole response as an honest provider sends it. */
export const honest = (asked: Asked, said: Said, signer: Signer): string =>
  responseXml(asked, signedXml(assertionXml(asked, said), signer), said);
