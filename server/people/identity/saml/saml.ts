import type { SAML } from '@node-saml/node-saml';
import { parseXml, type XmlElement } from '../../../platform/lib/xml/xml.js';
import type { Arriving } from '../claim-rules.js';
import { assertionFault, claimsOf } from './saml-claims.js';
import type { SamlDescription } from './saml-description.js';
import { refuseFault, SamlFault } from './saml-fault.js';
import { SAML_OLDEST, SAML_SKEW, shapeFault } from './saml-shape.js';

/** A provider as our side of the conversation needs it. `ourselves`: how it knows us; `answer`: our address to which it sends people back. */
export interface SamlParty {
  readonly description: SamlDescription;
  readonly ourselves: string;
  readonly answer: string;
}

/** What a trip is told by at the provider, and known by here when it comes back. */
interface Trip {
  readonly state: string;
  readonly requestId: string;
}

/** The provider's address to which a browser is sent, with a request for it (SAML 2.0 Bindings, 3.4). */
export async function addressAtSaml(
  party: SamlParty,
  { state, requestId, asksAnew }: Trip & { readonly asksAnew: boolean },
): Promise<string> {
  const speaker = await samlSpeaker(party, requestId, asksAnew);
  return speaker.getAuthorizeUrlAsync(state, undefined, {});
}

/**
 * What a provider says of whoever came back with `response` (base64). Throws for one that is not the answer to this request, or not
 * signed by the provider, or wrong in any other way; and where the provider refuses.
 */
export async function claimsFromSaml(
  party: SamlParty,
  response: string,
  { requestId }: Trip,
): Promise<Arriving> {
  const wanted = { issuer: party.description.issuer, answer: party.answer, requestId };
  const document = parseXml(Buffer.from(response, 'base64').toString());
  if (!document.ok) throw new SamlFault(document.code);
  refuseFault(shapeFault(document, wanted));
  const speaker = await samlSpeaker(party, requestId);
  const { profile } = await speaker.validatePostResponseAsync({ SAMLResponse: response });
  // What was signed, and nothing else of what came.
  const assertion = read(profile?.getAssertionXml?.() ?? '');
  refuseFault(assertionFault(assertion, wanted));
  return claimsOf(assertion, wanted);
}

function read(text: string): XmlElement {
  const document = parseXml(text);
  if (!document.ok) throw new SamlFault(document.code);
  return document.root;
}

/**
 * The library's side of a conversation. That a request of ours is answered once is seen to by its trip (`trips.ts`); here it is the only
 * one that was ever made. The library is loaded only where a provider speaks SAML: it brings a whole XML toolbox with it.
 */
export async function samlSpeaker(
  { description, ourselves, answer }: SamlParty,
  requestId: string,
  forceAuthn = false,
): Promise<SAML> {
  const { SAML, ValidateInResponseTo } = await import('@node-saml/node-saml');
  return new SAML({
    entryPoint: description.entryPoint,
    idpCert: description.certificates,
    idpIssuer: description.issuer,
    issuer: ourselves,
    audience: ourselves,
    callbackUrl: answer,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    forceAuthn,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: SAML_SKEW,
    maxAssertionAgeMs: SAML_OLDEST,
    requestIdExpirationPeriodMs: SAML_OLDEST,
    validateInResponseTo: ValidateInResponseTo.always,
    generateUniqueId: () => requestId,
    cacheProvider: {
      saveAsync: () => Promise.resolve(null),
      getAsync: id => Promise.resolve(id === requestId ? new Date().toISOString() : null),
      removeAsync: () => Promise.resolve(null),
    },
  });
}
