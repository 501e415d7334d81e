import { X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  child,
  descendants,
  elements,
  parseXml,
  textOf,
  type XmlElement,
} from '../../../platform/lib/xml/xml.js';

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata';
const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP';
const REDIRECT = `${BINDING}-Redirect`;

/** Where a provider is answered that says somebody signed out: with a link, or with a form. */
const signOut = z.object({ binding: z.enum(['redirect', 'post']), address: z.string() });

/**
 * What we keep of a SAML provider. `entryPoint`: where browsers are sent; `certificates`: DER as base64, each of a key that may sign;
 * `signOut` null: it named no such address when its metadata was read.
 */
const samlDescription = z.object({
  issuer: z.string(),
  entryPoint: z.string(),
  certificates: z.array(z.string()),
  signOut: signOut.nullable().default(null),
});

export type SamlDescription = z.infer<typeof samlDescription>;

/** Reads what was kept; null where the provider has said nothing yet. */
export const descriptionIn = (metadata: string): SamlDescription | null =>
  metadata === '' ? null : samlDescription.parse(JSON.parse(metadata));

/**
 * Why metadata is not taken. `unread`: it is no such document; `redirect`: browsers cannot be sent there with a plain link over HTTPS;
 * `certificate`: none, more than five, or one whose key is no RSA key of 2,048 bits or more; `requests`: it wants signed requests.
 */
export type MetadataFault = 'unread' | 'redirect' | 'certificate' | 'requests';

/** Reads the metadata of one provider (SAML 2.0 Metadata, 2.4). `isTest`: on the tests' own machine there is no HTTPS. */
export function readSamlMetadata(text: string, isTest: boolean): SamlDescription | MetadataFault {
  const document = parseXml(text.trim().replace(/^\uFEFF/, ''));
  if (!document.ok) return 'unread';
  const [entity, other] = descendants(document.root).filter(
    each => each.name === 'EntityDescriptor' && each.uri === METADATA && child(each, 'IDPSSODescriptor'),
  );
  const role = entity && child(entity, 'IDPSSODescriptor');
  const issuer = entity?.attributes.entityID?.trim() ?? '';
  if (!role || other || issuer === '' || issuer.length > 500) return 'unread';
  if (/^(true|1)$/.test(role.attributes.WantAuthnRequestsSigned ?? '')) return 'requests';
  const entryPoint = elements(role, 'SingleSignOnService').find(each => each.attributes.Binding === REDIRECT)
    ?.attributes.Location;
  if (!entryPoint || !isAddress(entryPoint, isTest)) return 'redirect';
  const certificates = signingCertificates(role);
  if (certificates.length === 0 || certificates.length > 5 || !certificates.every(isStrong))
    return 'certificate';
  return { issuer, entryPoint, certificates, signOut: signOutIn(role, isTest) };
}

/** A link needs no press, so it is preferred (SAML 2.0 Metadata, 2.2.2: answers may have an address of their own). */
function signOutIn(role: XmlElement, isTest: boolean): SamlDescription['signOut'] {
  const services = elements(role, 'SingleLogoutService');
  for (const [binding, uri] of [['redirect', REDIRECT] as const, ['post', `${BINDING}-POST`] as const]) {
    const said = services.find(each => each.attributes.Binding === uri)?.attributes;
    const address = said?.ResponseLocation ?? said?.Location ?? '';
    if (isAddress(address, isTest)) return { binding, address };
  }
  return null;
}

const isAddress = (text: string, isTest: boolean): boolean =>
  text.length <= 1000 && URL.canParse(text) && (isTest || new URL(text).protocol === 'https:');

/** A key of no stated use is for both. */
const signingCertificates = (role: XmlElement): string[] => [
  ...new Set(
    elements(role, 'KeyDescriptor')
      .filter(({ attributes }) => (attributes.use ?? 'signing') === 'signing')
      .flatMap(descendants)
      .filter(({ name }) => name === 'X509Certificate')
      .map(each => textOf(each).replace(/\s+/g, '')),
  ),
];

function isStrong(certificate: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = opened(certificate).publicKey;
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  } catch {
    return false;
  }
}

const opened = (certificate: string): X509Certificate =>
  new X509Certificate(Buffer.from(certificate, 'base64'));

/** The keys with which a provider may sign. */
export const keysOfSaml = ({ certificates }: Pick<SamlDescription, 'certificates'>): KeyObject[] =>
  certificates.map(each => opened(each).publicKey);

/** How long before its end a certificate is to be replaced (ms). */
export const ROLL_TIME = 30 * 86_400_000;

/** Until when the certificates of a provider are valid (epoch ms), the last one first. */
export const certificateEnds = ({ certificates }: SamlDescription): number[] =>
  certificates.map(each => Date.parse(opened(each).validTo)).sort((one, other) => other - one);

/** Whether `after` only goes on with other certificates, one of those known among them: a certificate is being replaced. */
export const isRoll = (before: SamlDescription | null, after: SamlDescription): boolean =>
  before !== null &&
  before.issuer === after.issuer &&
  before.entryPoint === after.entryPoint &&
  after.certificates.some(each => before.certificates.includes(each));
