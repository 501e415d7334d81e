import { deflateRawSync } from 'node:zlib';
import { newId } from '../../../platform/lib/ids.js';
import { attribute, escapeText } from '../../../platform/lib/xml/xml-text.js';
import { ASSERTION, PROTOCOL, SUCCESS } from './saml-shape.js';

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status';

/** What a provider is told that said somebody signed out. `address`: to where; `isKnown`: we know whom it means. */
interface Told {
  readonly ourselves: string;
  readonly address: string;
  readonly requestId: string;
  readonly isKnown: boolean;
}

/** A response to a logout request (SAML 2.0 Core, 3.7.2). We have no key, so it is not signed. */
export function logoutResponse({ ourselves, address, requestId, isKnown }: Told, now: number): string {
  const root = [
    [attribute('xmlns:samlp', PROTOCOL), attribute('xmlns:saml', ASSERTION), attribute('ID', `_${newId()}`)],
    [attribute('Version', '2.0'), attribute('IssueInstant', new Date(now).toISOString())],
    [attribute('Destination', address), attribute('InResponseTo', requestId)],
  ];
  const status = isKnown
    ? `<samlp:StatusCode${attribute('Value', SUCCESS)}/>`
    : `<samlp:StatusCode${attribute('Value', `${STATUS}:Requester`)}><samlp:StatusCode${attribute('Value', `${STATUS}:UnknownPrincipal`)}/></samlp:StatusCode>`;
  return (
    `<samlp:LogoutResponse${root.flat().join('')}><saml:Issuer>${escapeText(ourselves)}</saml:Issuer>` +
    `<samlp:Status>${status}</samlp:Status></samlp:LogoutResponse>`
  );
}

/** An address that carries a response (SAML 2.0 Bindings, 3.4.4.1). */
export function responseLink(address: string, response: string, relayState: string): string {
  const link = new URL(address);
  link.searchParams.set('SAMLResponse', deflateRawSync(response).toString('base64'));
  if (relayState !== '') link.searchParams.set('RelayState', relayState);
  return link.href;
}
