import { sign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RawAnswer } from '../../../platform/http/raw.js';
import { world } from '../../../support/world.js';
import { fromProvider, type SamlSigning } from './of-saml.js';
import { ISSUER, NAMESPACES, signedXml, type Signer } from './saml-provider.js';

const BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP';
const RSA = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** Where the provider of the tests is answered. */
export const ANSWERED = 'https://saml.northern.example/slo?tenant=north';

/** As its metadata names that. */
export const answeredBy = (binding: 'Redirect' | 'POST', more = ''): string =>
  `<md:SingleLogoutService Binding="${BINDING}-${binding}" Location="${ANSWERED}"${more}/>`;

/** What a provider says of somebody who signed out there. */
export interface SaidOut {
  readonly nameId: string;
  readonly sessions?: readonly string[];
  readonly destination: string;
  readonly id?: string;
  readonly issuer?: string;
  /** How far the times are moved (ms). */
  readonly moved?: number;
  /** When it no longer counts, from now (ms). */
  readonly until?: number;
  /** More of what stands in it. */
  readonly more?: string;
}

let made = 0;

export function logoutXml(said: SaidOut): string {
  const {
    nameId,
    sessions = [],
    destination,
    issuer = ISSUER,
    id = `_logout-${(made += 1)}`,
    more = '',
  } = said;
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const until = said.until === undefined ? '' : ` NotOnOrAfter="${at(said.until)}"`;
  return (
    `<samlp:LogoutRequest ${NAMESPACES} ID="${id}" Version="2.0" IssueInstant="${at(said.moved ?? 0)}" Destination="${destination}"${until}>` +
    `<saml:Issuer>${issuer}</saml:Issuer>${more}<saml:NameID>${nameId}</saml:NameID>` +
    `${sessions.map(each => `<samlp:SessionIndex>${each}</samlp:SessionIndex>`).join('')}</samlp:LogoutRequest>`
  );
}

/** A request as an honest provider signs it for a form. */
export const signedLogout = (said: SaidOut, signer: Signer): string =>
  signedXml(logoutXml(said), signer, 'LogoutRequest');

interface QueryWishes {
  readonly relayState?: string;
  /** What it says of how it is signed, and with which hash it is. */
  readonly algorithm?: string;
  readonly hash?: string;
  /** How signs are written that an address cannot hold. */
  readonly write?: (text: string) => string;
}

/** The query of an address that carries a request, signed as it stands. */
export function logoutQuery(xml: string, { privateKey }: Signer, wishes: QueryWishes = {}): string {
  const { relayState, algorithm = RSA, hash = 'sha256', write = encodeURIComponent } = wishes;
  const signed = [
    `SAMLRequest=${write(deflateRawSync(xml).toString('base64'))}`,
    ...(relayState === undefined ? [] : [`RelayState=${write(relayState)}`]),
    `SigAlg=${write(algorithm)}`,
  ].join('&');
  return `${signed}&Signature=${write(sign(hash, Buffer.from(signed), privateKey).toString('base64'))}`;
}

/** The path of ours to which a provider sends word. */
export const signOutPath = ({ organisation, id }: Pick<SamlSigning, 'organisation' | 'id'>): string =>
  `/sign-in/organisation/${organisation.id}/saml/${id}/sign-out`;

/** The same as the provider writes it. */
export const destinationOf = (at: Pick<SamlSigning, 'organisation' | 'id'>): string =>
  `${world().base}${signOutPath(at)}`;

/** The form in which a provider says that somebody signed out. */
export const postedOut = (path: string, xml: string, relayState = ''): Promise<RawAnswer> =>
  fromProvider(path, { SAMLRequest: Buffer.from(xml).toString('base64'), RelayState: relayState });

/** What a link brings back to the provider. */
export function toldBy({ headers }: RawAnswer): { at: string; xml: string; relayState: string | null } {
  const to = new URL(String(headers.location));
  const xml = inflateRawSync(Buffer.from(to.searchParams.get('SAMLResponse') ?? '', 'base64')).toString();
  return { at: `${to.origin}${to.pathname}`, xml, relayState: to.searchParams.get('RelayState') };
}
