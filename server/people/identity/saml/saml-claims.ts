import { child, elements, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';
import type { Arriving } from '../claim-rules.js';
import type { ExpectedAnswer } from './saml-shape.js';

const FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const MICROSOFT = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** Among the claims: the provider's own name for the session. */
export const SESSION_INDEX = 'SessionIndex';

/** What providers call what OpenID Connect calls so: in words, as a number of the internet's directory, as Microsoft does. */
const CALLED = {
  email: ['email', 'mail', 'emailaddress', 'urn:oid:0.9.2342.19200300.100.1.3', `${MICROSOFT}/emailaddress`],
  given_name: ['given_name', 'givenname', 'firstname', 'urn:oid:2.5.4.42', `${MICROSOFT}/givenname`],
  family_name: ['family_name', 'surname', 'sn', 'lastname', 'urn:oid:2.5.4.4', `${MICROSOFT}/surname`],
  name: ['displayname', 'urn:oid:2.16.840.1.113730.3.1.241'],
} as const;

/** What is wrong with the inside of an assertion whose signature was checked, in a word; null: nothing. */
export function assertionFault(
  assertion: XmlElement,
  { issuer, answer, requestId }: ExpectedAnswer,
): string | null {
  const subject = child(assertion, 'Subject');
  const confirmations = subject ? elements(subject, 'SubjectConfirmation') : [];
  const [confirmation] = confirmations;
  const data = confirmation && child(confirmation, 'SubjectConfirmationData')?.attributes;
  const nameId = subject && child(subject, 'NameID');
  if (['Issuer', 'Subject', 'Conditions'].some(name => elements(assertion, name).length !== 1))
    return 'parts';
  if (textOf(child(assertion, 'Issuer')).trim() !== issuer) return 'issuer';
  if (!data || confirmations.length > 1 || confirmation.attributes.Method !== BEARER) return 'confirmation';
  if (data.Recipient !== answer) return 'recipient';
  if (data.InResponseTo !== requestId) return 'request';
  if (!data.NotOnOrAfter || !child(assertion, 'Conditions')?.attributes.NotOnOrAfter) return 'endless';
  if (!nameId || nameId.attributes.Format === TRANSIENT) return 'subject';
  return /^.{1,255}$/s.test(textOf(nameId).trim()) ? null : 'subject';
}

/**
 * What an assertion says of somebody, in the words of OpenID Connect beside its own. The provider belongs to the organisation, and the
 * protocol has no word for it, so an address counts as verified; that it is in a domain of theirs is checked as for everybody.
 */
export function claimsOf(assertion: XmlElement, { issuer }: Pick<ExpectedAnswer, 'issuer'>): Arriving {
  const nameId = child(child(assertion, 'Subject') ?? assertion, 'NameID');
  const sub = textOf(nameId).trim();
  const own = attributesOf(assertion);
  const email = called(own, 'email') ?? (nameId?.attributes.Format === FORMAT ? sub : undefined);
  const said = {
    ...{ given_name: called(own, 'given_name'), family_name: called(own, 'family_name') },
    ...{ name: called(own, 'name'), email, email_verified: email !== undefined },
    [SESSION_INDEX]: sessionIn(assertion),
    auth_time: askedAt(assertion),
  };
  return { ...Object.fromEntries(own), ...said, iss: issuer, sub };
}

/** The provider's own name for the session that it began, by which it ends it later. */
const sessionIn = (assertion: XmlElement): string | undefined =>
  elements(assertion, 'AuthnStatement').map(each => each.attributes.SessionIndex?.trim())[0];

/** When the provider asked who they are (s). */
function askedAt(assertion: XmlElement): number | undefined {
  const [at = NaN] = elements(assertion, 'AuthnStatement').map(each =>
    Date.parse(each.attributes.AuthnInstant ?? ''),
  );
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** An attribute that comes twice has the values of both. */
function attributesOf(assertion: XmlElement): Map<string, string | string[]> {
  const found = new Map<string, string[]>();
  const all = elements(assertion, 'AttributeStatement').flatMap(each => elements(each, 'Attribute'));
  for (const attribute of all) {
    const name = attribute.attributes.Name ?? '';
    const values = elements(attribute, 'AttributeValue').map(each => textOf(each).trim());
    found.set(name, [...(found.get(name) ?? []), ...values]);
  }
  return new Map(
    [...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/** The first of several values. */
function called(own: ReadonlyMap<string, string | string[]>, name: keyof typeof CALLED): string | undefined {
  const names: readonly string[] = CALLED[name];
  const [, found] = [...own].find(([key]) => names.includes(key) || names.includes(key.toLowerCase())) ?? [];
  return typeof found === 'string' ? found : found?.[0];
}
