import { inflateRawSync } from 'node:zlib';
import { child, elements, parseXml, textOf, type XmlElement } from '../../../platform/lib/xml/xml.js';
import { logoutFault } from './logout-shape.js';
import { readSignedQuery } from './query-signature.js';
import { samlSpeaker, type SamlParty } from './saml.js';
import { keysOfSaml } from './saml-description.js';
import { refuseFault, SamlFault } from './saml-fault.js';

/** A logout request as it came: in a form (HTTP-POST), or in an address (HTTP-Redirect), of which the query is kept to the letter. */
export type SentLogout =
  | { readonly by: 'form'; readonly message: string; readonly relayState: string }
  | { readonly by: 'address'; readonly query: string };

/** Whom a provider signed out. `sessions` null: all of theirs; `relayState`: what it wants to have back, '' for nothing. */
export interface LogoutRequest {
  readonly id: string;
  readonly nameId: string;
  readonly sessions: readonly string[] | null;
  readonly relayState: string;
}

/** As much as a form may hold. */
const LARGEST = 65_536;

/** Reads what a provider sent to `destination`. Throws for whatever it did not sign, or is for somebody else, old, or no such request. */
export const readLogoutRequest = async (
  party: SamlParty,
  { sent, destination }: { sent: SentLogout; destination: string },
  now: number,
): Promise<LogoutRequest> =>
  sent.by === 'form'
    ? fromForm(party, { ...sent, destination }, now)
    : fromAddress(party, { ...sent, destination }, now);

/**
 * The library checks whose the signature is. It would also take one that does not stand in the request itself, or made with SHA-1, and
 * a request for another address: that is seen to before.
 */
async function fromForm(
  party: SamlParty,
  { message, relayState, destination }: { message: string; relayState: string; destination: string },
  now: number,
): Promise<LogoutRequest> {
  const xml = Buffer.from(message, 'base64').toString();
  const request = { ...read(xml, { party, destination, isSigned: true }, now), relayState };
  const speaker = await samlSpeaker(party, '');
  const { profile } = await speaker.validatePostRequestAsync({ SAMLRequest: message });
  // It reads with a parser of its own; the two must have read the same.
  if (profile?.ID !== request.id || profile.nameID.trim() !== request.nameId)
    throw new SamlFault('read-otherwise');
  return request;
}

/** The library takes an address without a signature, one made with SHA-1 or MD5, and the first of several parts that hold a name: it is not asked. */
function fromAddress(
  party: SamlParty,
  { query, destination }: { query: string; destination: string },
  now: number,
): LogoutRequest {
  const { message, relayState } = readSignedQuery(query, keysOfSaml(party.description));
  const xml = inflateRawSync(Buffer.from(message, 'base64'), { maxOutputLength: LARGEST }).toString();
  return { ...read(xml, { party, destination, isSigned: false }, now), relayState };
}

function read(
  xml: string,
  { party, destination, isSigned }: { party: SamlParty; destination: string; isSigned: boolean },
  now: number,
): Omit<LogoutRequest, 'relayState'> {
  const document = parseXml(xml);
  if (!document.ok) throw new SamlFault(document.code);
  refuseFault(logoutFault(document, { issuer: party.description.issuer, destination, isSigned }, now));
  return requestIn(document.root);
}

function requestIn(root: XmlElement): Omit<LogoutRequest, 'relayState'> {
  const sessions = elements(root, 'SessionIndex').map(each => textOf(each).trim());
  return {
    id: root.attributes.ID ?? '',
    nameId: textOf(child(root, 'NameID')).trim(),
    sessions: sessions.length === 0 ? null : sessions,
  };
}
