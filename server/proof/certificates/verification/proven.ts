import { ofDatabase } from '../../../platform/db/connect.js';
import { hashOf } from '../../open-badges/sign.js';
import type { DidDocument } from '../../open-badges/did.js';
import type { UnsignedCredential } from '../../open-badges/credential.js';

/** A signed text and the seal of its award, by their hashes; and the keys that vouch for both. */
export interface ProvenText {
  /** SHA-256 of the text. */
  readonly sha256: string;
  readonly awardSha256: string;
  readonly seal: string | null;
  readonly didDocument: Pick<DidDocument, 'assertionMethod'>;
}

/** What proven texts say. */
const proven = ofDatabase(() => new Map<string, string>());
const MOST = 50_000;

const keyOf = ({ sha256, awardSha256, seal, didDocument }: ProvenText): string =>
  hashOf(`${sha256} ${awardSha256} ${seal} ${didDocument.assertionMethod.join()}`);

/**
 * Remember that both proofs of a text and the seal of its award were verified in this process. Other bytes, another award
 * or other trusted keys are proven anew.
 */
export function noteProven(text: ProvenText, signed: UnsignedCredential): void {
  const known = proven();
  if (known.size >= MOST) known.clear();
  known.set(keyOf(text), statedIn(signed));
}

/** What a proven text states (`statedIn`), or undefined when it has not been proven. */
export const provenStatement = (text: ProvenText): string | undefined => proven().get(keyOf(text));

/** What the verify page says of a certificate, and where its status bit is, as the signed text states it. */
function statedIn(signed: UnsignedCredential): string {
  const { id, validFrom, validUntil = null, credentialSubject, credentialStatus } = signed;
  const { identifier, achievement } = credentialSubject;
  const [name] = identifier;
  return JSON.stringify([
    id,
    name?.identityHash,
    achievement.name,
    validFrom,
    validUntil,
    credentialStatus.id,
  ]);
}
