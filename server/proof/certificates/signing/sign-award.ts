import type { KeyObject } from 'node:crypto';
import { buildCredential, type AwardFacts } from '../../open-badges/credential.js';
import type { DidDocument } from '../../open-badges/did.js';
import { signCredential, type SignedDocument } from '../../open-badges/sign.js';
import { createSigner } from '../../open-badges/issuer-key.js';
import { documentLoader } from '../../open-badges/document-loader.js';
import type { OpenList } from '../../open-badges/status-list.js';
import { verifyCredential } from '../../open-badges/verify.js';

/** Everything that a signature needs, in a form that can be sent to a thread. `now`: epoch ms. */
export interface SigningOrder {
  readonly facts: AwardFacts;
  readonly key: { readonly keyId: string; readonly privateKey: KeyObject };
  /** The issuer, and the keys that it vouches for now. */
  readonly didDocument: DidDocument;
  readonly list: OpenList | null;
  readonly now: number;
}

const loader = documentLoader();

/**
 * Build a certificate, sign it with both proofs and verify it as a stranger would. The same order gives the same bytes.
 * Throws when it does not verify.
 */
export async function signAndCheck({
  facts,
  key,
  didDocument,
  list,
  now,
}: SigningOrder): Promise<SignedDocument> {
  const signer = createSigner(didDocument.id, key);
  const signed = await signCredential({ credential: buildCredential(facts), signer, now, loader });
  const { verdict, reasons } = await verifyCredential({
    text: signed.text,
    didDocument,
    now,
    statusList: list,
    expectSha256: signed.sha256,
    reading: 'quick',
  });
  // If the queue stood still for long enough, a certificate has expired before it is signed.
  if (verdict !== 'valid' && verdict !== 'expired')
    throw new Error(`A certificate did not verify after signing: ${reasons.join(', ')}`);
  return signed;
}
