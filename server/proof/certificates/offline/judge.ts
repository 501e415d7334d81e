import { carriedText } from '../../open-badges/files/extract.js';
import type { DidDocument } from '../../open-badges/did.js';
import { readSigned, type SignedFacts } from '../../open-badges/signed-facts.js';
import { isObject, parseCapped, type JsonObject } from '../../open-badges/strict-form.js';
import { verifyCredential, type VerificationReason, type Verdict } from '../../open-badges/verify.js';

export type OfflineVerdict = Verdict | 'unreadable';

/** The verdict on a file. `facts` are read from what was signed, and null unless the signatures are valid. */
export interface JudgedFile {
  readonly verdict: OfflineVerdict;
  readonly reasons: readonly VerificationReason[];
  readonly facts: SignedFacts | null;
}

/** What a check goes by: a certificate in any of its files, the issuer's keys, perhaps a status list. `now`: epoch ms. */
export interface OfflineEvidence {
  readonly file: Buffer;
  readonly did: DidDocument;
  readonly list: string | null;
  readonly now: number;
}

/** Check a file with nothing but what is given. The reader and the rules are those of the server. */
export async function judge({ file, did, list, now }: OfflineEvidence): Promise<JudgedFile> {
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

/** The parts of a DID document that are needed; null for anything else. */
export function readDid(text: string): DidDocument | null {
  const found = parseCapped(text);
  if (typeof found === 'string') return null;
  const { id, verificationMethod: methods, assertionMethod, alsoKnownAs = [] } = found;
  const isOne =
    typeof id === 'string' &&
    Array.isArray(methods) &&
    (methods as unknown[]).every(each => isObject(each) && isMethod(each)) &&
    [assertionMethod, alsoKnownAs].every(
      list => Array.isArray(list) && (list as unknown[]).every(each => typeof each === 'string'),
    );
  return isOne ? ({ ...found, alsoKnownAs } as unknown as DidDocument) : null;
}

const isMethod = ({ id, controller, publicKeyMultibase }: JsonObject): boolean =>
  [id, controller, publicKeyMultibase].every(each => typeof each === 'string');
