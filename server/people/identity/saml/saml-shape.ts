import { child, descendants, elements, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';

export const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';
export const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** What may sign, with the hash of each: no SHA-1, and no secret shared with somebody else in place of a key. */
export const SIGNED_BY: ReadonlyMap<string, string> = new Map(
  ['sha256', 'sha384', 'sha512'].map(hash => [`http://www.w3.org/2001/04/xmldsig-more#rsa-${hash}`, hash]),
);
const DIGESTS = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];
const TRANSFORMS = [`${SIGNATURE}enveloped-signature`, EXCLUSIVE];

/** How far the clock of a provider may be from ours, and how old what it says may be (ms). */
export const SAML_SKEW = 5_000;
export const SAML_OLDEST = 10 * 60_000;

/** What a response has to be an answer to. `answer`: our address to which it was sent. */
export interface ExpectedAnswer {
  readonly issuer: string;
  readonly answer: string;
  readonly requestId: string;
}

/**
 * What is wrong with the outside of a response, in a word; null: nothing. It knows one form alone: one assertion, directly below the
 * response, signed itself; so that what was signed and what is read cannot be two things. A refusal of the provider is `access_denied`.
 */
export function shapeFault(
  { root, comments }: { root: XmlElement; comments: readonly unknown[] },
  { issuer, answer, requestId }: ExpectedAnswer,
): string | null {
  const all = descendants(root);
  const assertions = all.filter(({ name }) => name === 'Assertion');
  const [assertion] = assertions;
  if (comments.length > 0) return 'comment';
  if (!isA(root, 'Response', PROTOCOL) || root.attributes.Version !== '2.0') return 'response';
  if (root.attributes.Destination !== answer) return 'destination';
  if (root.attributes.InResponseTo !== requestId) return 'request';
  if (elements(root, 'Issuer').some(each => textOf(each) !== issuer)) return 'issuer';
  const status = child(root, 'Status');
  if ((status && child(status, 'StatusCode'))?.attributes.Value !== SUCCESS) return 'access_denied';
  if (all.some(({ name }) => /^Encrypted/.test(name))) return 'encrypted';
  if (!assertion || assertions.length > 1) return 'assertions';
  if (!isA(assertion, 'Assertion', ASSERTION) || !elements(root).includes(assertion)) return 'assertions';
  if (!hasOwnIds(all)) return 'ids';
  return signatureFault(all, [root, assertion]);
}

/** Whether an element has this name in this namespace. */
export const isA = (element: XmlElement, name: string, uri: string): boolean =>
  element.name === name && element.uri === uri;

const idsOf = ({ attributes }: XmlElement): string[] =>
  Object.entries(attributes).flatMap(([name, value]) => (/^(.*:)?id$/i.test(name) ? [value] : []));

/** Whether each id names one element alone. */
export function hasOwnIds(all: readonly XmlElement[]): boolean {
  const ids = all.flatMap(idsOf);
  return new Set(ids).size === ids.length;
}

/** Signatures stand where they belong, each over the element in which it stands; the assertion has one. */
function signatureFault(
  all: readonly XmlElement[],
  [root, assertion]: [XmlElement, XmlElement],
): string | null {
  const found = all.filter(({ name }) => name === 'Signature');
  const placed = [root, assertion].map(holder => elements(holder, 'Signature'));
  const [ofRoot = [], ofAssertion = []] = placed;
  if (ofAssertion.length !== 1) return 'unsigned';
  if (ofRoot.length > 1 || found.length !== ofRoot.length + 1) return 'signatures';
  const isSound =
    isSoundSignature(ofAssertion[0], assertion) &&
    ofRoot.every(signature => isSoundSignature(signature, root));
  return isSound ? null : 'signature-form';
}

/** Whether a signature is over the whole of the element in which it stands, and made in a way that counts. Not whose it is. */
export function isSoundSignature(signature: XmlElement | undefined, signed: XmlElement): boolean {
  const info = signature && child(signature, 'SignedInfo');
  if (!info || !isA(signature, 'Signature', SIGNATURE)) return false;
  const references = elements(info, 'Reference');
  const [reference] = references;
  const transforms = (reference ? descendants(reference) : []).filter(({ name }) => name === 'Transform');
  return (
    elements(signature).every(({ name }) => ['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name)) &&
    elements(signature, 'SignedInfo').length === 1 &&
    references.length === 1 &&
    reference?.attributes.URI === `#${signed.attributes.ID}` &&
    child(info, 'CanonicalizationMethod')?.attributes.Algorithm === EXCLUSIVE &&
    SIGNED_BY.has(child(info, 'SignatureMethod')?.attributes.Algorithm ?? '') &&
    DIGESTS.includes(child(reference, 'DigestMethod')?.attributes.Algorithm ?? '') &&
    transforms.every(({ attributes }) => TRANSFORMS.includes(attributes.Algorithm ?? ''))
  );
}
