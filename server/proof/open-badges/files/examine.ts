import { documentNamed, type DidDocument } from '../did.js';
import { hashOf } from '../sign.js';
import { CERTIFICATE_CONTEXTS } from '../document-loader.js';
import { proofFault } from '../proofs.js';
import { readSigned, type SignedFacts } from '../signed-facts.js';
import { formFault, issuerId, parseCapped, type JsonObject } from '../strict-form.js';
import { verifyCredential } from '../verify.js';
import { carriedText } from './extract.js';
import { didKeyDocument } from './did-key.js';
import { readClaims, type OtherClaims } from './other-claims.js';

/**
 * A file to examine. `others`: DID documents of issuers that this installation trusts. `now`: epoch ms. `isFirstLook`: what names
 * us as its issuer is not verified yet.
 */
export type FileToExamine = {
  file: Uint8Array;
  ours: DidDocument;
  others: readonly DidDocument[];
  now: number;
  isFirstLook?: boolean;
};

/**
 * What a file proves by itself; `named-ours` proves nothing yet. `facts` are read from what was signed, and null unless all signatures are valid. For a
 * file of another issuer, `state` says whether its signatures are valid, are not, or cannot be verified here.
 */
export type Examined =
  | { kind: 'unreadable' }
  | { kind: 'named-ours'; id: string; sha256: string }
  | { kind: 'ours'; id: string; sha256: string; facts: SignedFacts | null }
  | { kind: 'other'; did: string | null; state: 'altered' | 'unchecked' }
  /** `claims`: what another issuer signed; null where it names no achievement. */
  | { kind: 'other'; did: string | null; state: 'holds'; sha256: string; claims: OtherClaims | null };

export async function examineFile(look: FileToExamine): Promise<Examined> {
  const { file, ours, others, now, isFirstLook } = look;
  const text = carriedText(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  const document = text === null ? 'not-json' : parseCapped(text);
  // A text without an issuer is not a certificate.
  if (text === null || typeof document === 'string' || !('issuer' in document)) return { kind: 'unreadable' };
  const issuer = issuerId(document);
  if (!documentNamed(ours, issuer)) return examineOther(text, document, others);
  const id = typeof document['id'] === 'string' ? document['id'].replace(/^urn:uuid:/, '') : '';
  const named = { id, sha256: hashOf(text) };
  if (isFirstLook) return { kind: 'named-ours', ...named };
  const { credential } = await verifyCredential({ text, didDocument: ours, now });
  return { kind: 'ours', ...named, facts: credential ? readSigned(text) : null };
}

/** Keys come from the issuer's own name (did:key) or from documents that were fetched before, never from the network. */
async function examineOther(
  text: string,
  document: JsonObject,
  others: readonly DidDocument[],
): Promise<Examined> {
  const issuer = issuerId(document);
  const did = typeof issuer === 'string' && /^did:[a-z]+:[\w.:%-]{1,200}$/.test(issuer) ? issuer : null;
  const known = others.find(({ id }) => id === did) ?? didKeyDocument(did ?? '');
  const fault = known
    ? (formFault(text, document, CERTIFICATE_CONTEXTS) ?? (await proofFault(document, known)))
    : 'unknown';
  if (fault === null)
    return { kind: 'other', did, state: 'holds', sha256: hashOf(text), claims: readClaims(document) };
  return { kind: 'other', did, state: fault === 'bad-signature' ? 'altered' : 'unchecked' };
}
