import { descendants, elements, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';
import {
  ASSERTION,
  hasOwnIds,
  isA,
  isSoundSignature,
  PROTOCOL,
  SAML_OLDEST,
  SAML_SKEW,
} from './saml-shape.js';

/** What a logout request has to be. `destination`: our address to which it was sent; `isSigned`: within itself, as in a form. */
export interface ExpectedLogout {
  readonly issuer: string;
  readonly destination: string;
  readonly isSigned: boolean;
}

/**
 * What is wrong with a logout request (SAML 2.0 Core, 3.7.1), in a word; null: nothing. It knows one form alone: the request is the
 * whole document, and any signature is over all of it, so that what was signed and what is read cannot be two things.
 */
export function logoutFault(
  { root, comments }: { root: XmlElement; comments: readonly unknown[] },
  { issuer, destination, isSigned }: ExpectedLogout,
  now: number,
): string | null {
  const all = descendants(root);
  const named = (name: string) => all.filter(each => each.name === name);
  if (comments.length > 0) return 'comment';
  if (!isA(root, 'LogoutRequest', PROTOCOL) || root.attributes.Version !== '2.0') return 'logout';
  if (named('LogoutRequest').length > 1) return 'requests';
  if (!/^.{1,500}$/.test(root.attributes.ID ?? '') || !hasOwnIds(all)) return 'ids';
  if (root.attributes.Destination !== destination) return 'destination';
  if (textOf(only(root, 'Issuer')) !== issuer) return 'issuer';
  if (all.some(({ name }) => /^Encrypted/.test(name))) return 'encrypted';
  if (!/^.{1,255}$/s.test(textOf(only(root, 'NameID')).trim())) return 'subject';
  if (!isTimely(root, now)) return 'time';
  const [signature, other] = named('Signature');
  if (!isSigned) return signature ? 'signatures' : null;
  if (!signature) return 'unsigned';
  if (other || !elements(root).includes(signature)) return 'signatures';
  return isSoundSignature(signature, root) ? null : 'signature-form';
}

/** The child of this name, if there is one alone. */
function only(root: XmlElement, name: string): XmlElement | undefined {
  const [first, other] = elements(root, name);
  return first && !other && isA(first, name, ASSERTION) ? first : undefined;
}

/** Sent a moment ago; and, where it says until when it counts, not later. */
function isTimely({ attributes }: XmlElement, now: number): boolean {
  const age = now - momentIn(attributes.IssueInstant);
  const isRecent = age >= -SAML_SKEW && age < SAML_OLDEST + SAML_SKEW;
  const { NotOnOrAfter: until } = attributes;
  return isRecent && (until === undefined || now - SAML_SKEW < momentIn(until));
}

/** Of no stated zone it would be in ours. */
const momentIn = (text = ''): number => (/Z$|[+-]\d\d:\d\d$/.test(text) ? Date.parse(text) : NaN);
