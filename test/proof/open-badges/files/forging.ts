import { createProofs } from '../../../../server/proof/open-badges/proofs.js';
import { createSigner } from '../../../../server/proof/open-badges/issuer-key.js';
import { timestamp } from '../../../../server/proof/open-badges/credential.js';
import { AWARDED, issue, keyFrom, loader } from '../sample.js';

export type Loose = Record<string, unknown>;

/** Signs any document as `did` with the key that comes of `word`: what somebody with a key of their own can do. */
export async function signedBy(word: string, did: string, document: Loose): Promise<string> {
  const { proof: _proof, ...unsigned } = document;
  const signer = createSigner(did, await keyFrom(word));
  const proof = await createProofs({ document: unsigned, signer, created: timestamp(AWARDED), loader });
  return JSON.stringify({ ...unsigned, proof });
}

/** A certificate like ours in everything, signed by somebody who is only a key. */
export async function strangerText(word: string, source?: string): Promise<{ text: string; did: string }> {
  const key = await keyFrom(word);
  const did = `did:key:${key.publicKeyMultibase}`;
  const document = JSON.parse(source ?? (await issue(key)).text) as Loose;
  const issuer = { ...(document['issuer'] as Loose), id: did };
  return { text: await signedBy(word, did, { ...document, issuer }), did };
}
