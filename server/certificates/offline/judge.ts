import { carriedText } from '../../open-badges/files/extract.js';
import type { DidDocument } from '../../open-badges/did.js';
import { readSigned, type SignedFacts } from '../../open-badges/signed-facts.js';
import { isObject, parseCapped, type JsonObject } from '../../open-badges/strict-form.js';
import { verifyCredential, type Verdict as Found, type Reason } from '../../open-badges/verify.js';

export type Verdict = Found | 'unreadable';

/** What a file is. `facts` are what was signed, present only when the signatures hold. */
export interface Judged {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly facts: SignedFacts | null;
}

/** What somebody holds: a certificate in any of its files, the issuer's keys, maybe a list. `now`: epoch ms. */
export interface Held {
  readonly file: Buffer;
  readonly did: DidDocument;
  readonly list: string | null;
  readonly now: number;
}

/** Check a file with nothing but what is at hand: the reader and the rules are those of the server. */
export async function judge({ file, did, list, now }: Held): Promise<Judged> {
  const text = carriedText(file);
  if (text === null || typeof parseCapped(text) === 'string')
    return { verdict: 'unreadable', reasons: [], facts: null };
  const { verdict, reasons, credential } = await verifyCredential({
    text,
    didDocument: did,
    statusList: list,
    now,
  });
  return { verdict, reasons, facts: credential ? readSigned(text) : null };
}

/** A DID document, as far as it is needed; null for anything else. */
export function readDid(text: string): DidDocument | null {
  const found = parseCapped(text);
  if (typeof found === 'string') return null;
  const { id, verificationMethod: methods, assertionMethod } = found;
  const isOne =
    typeof id === 'string' &&
    Array.isArray(methods) &&
    (methods as unknown[]).every(each => isObject(each) && isMethod(each)) &&
    Array.isArray(assertionMethod) &&
    (assertionMethod as unknown[]).every(each => typeof each === 'string');
  return isOne ? (found as unknown as DidDocument) : null;
}

const isMethod = ({ id, controller, publicKeyMultibase }: JsonObject): boolean =>
  [id, controller, publicKeyMultibase].every(each => typeof each === 'string');
