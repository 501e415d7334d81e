import type { DidDocument } from '../../open-badges/did.js';
import type { Signer } from '../../open-badges/issuer-key.js';
import { readSignedJson, signJson } from '../../open-badges/signed-json.js';

const TYPE = 'AwardSeal';

/**
 * The seal of an award: its hash, signed. The credential contains neither the number of a certificate nor the time zone
 * of its dates; because of the seal, nobody without the key can change them.
 */
export const signSeal = async (
  awardSha256: string,
  { did, signer }: { did: string; signer: Signer },
  now: number,
): Promise<string> => (await signJson({ type: TYPE, issuer: did, award: awardSha256 }, signer, now)).text;

/** Whether a seal is one of ours, and over this award. */
export async function sealHolds(
  seal: string | null,
  awardSha256: string,
  did: DidDocument,
): Promise<boolean> {
  const read = seal === null ? 'not-json' : await readSignedJson(seal, did);
  return typeof read !== 'string' && read['type'] === TYPE && read['award'] === awardSha256;
}
