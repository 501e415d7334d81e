import { verify, type KeyObject } from 'node:crypto';
import { SamlFault } from './saml-fault.js';
import { SIGNED_BY } from './saml-shape.js';

const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';

/** What came in an address, and was signed as it came: `message` (base64), and `relayState`, which the sender wants to have back. */
interface SignedQuery {
  readonly message: string;
  readonly relayState: string;
}

/**
 * Reads the query of an address that carries a request, once one of these keys has signed it (SAML 2.0 Bindings, 3.4.4.1). The signature
 * is over the texts as they were sent, so the query is read here, to the letter, and by nobody else. Throws for any other.
 */
export function readSignedQuery(query: string, keys: readonly KeyObject[]): SignedQuery {
  const sent = new Map<string, string>();
  for (const part of query.split('&')) {
    const name = part.slice(0, part.indexOf('='));
    if (sent.has(name)) throw new SamlFault('query');
    sent.set(name, part);
  }
  const textIn = (name: string): string =>
    decodeURIComponent((sent.get(name) ?? '').slice(name.length + 1).replaceAll('+', ' '));
  if (textIn('SAMLRequest') === '' || (sent.has('SAMLEncoding') && textIn('SAMLEncoding') !== DEFLATE))
    throw new SamlFault('query');
  if (textIn('Signature') === '') throw new SamlFault('unsigned');
  const hash = SIGNED_BY.get(textIn('SigAlg'));
  if (hash === undefined) throw new SamlFault('signature-form');
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap(name => sent.get(name) ?? []).join('&');
  const signature = Buffer.from(textIn('Signature'), 'base64');
  if (!keys.some(key => verify(hash, Buffer.from(signed), key, signature))) throw new SamlFault('signature');
  return { message: textIn('SAMLRequest'), relayState: textIn('RelayState') };
}
