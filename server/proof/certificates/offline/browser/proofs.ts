import { canonicalJson, type Json } from '../../../../platform/lib/canonical-json.js';
import type { DidDocument } from '../../../open-badges/did.js';
import { methodBehind, ourPair, type ProofFault } from '../../../open-badges/proof-form.js';
import type { JsonObject } from '../../../open-badges/strict-form.js';
import { base58 } from './base58.js';

/**
 * Replaces `open-badges/proofs.ts` in a browser: both proofs must have our form and a key that is vouched for. The
 * byte-strict one is verified with the browser's own Ed25519; it covers every byte that the other one does.
 * Throws when the browser has no Ed25519: see `canCheck`.
 */
export async function proofFault(secured: JsonObject, did: DidDocument): Promise<ProofFault | null> {
  const { proof: proofs, ...document } = secured;
  const pair = ourPair(proofs);
  if (!pair) return 'wrong-proofs';
  for (const proof of [pair.linked, pair.strict]) {
    const method = methodBehind(proof, document, did);
    if (typeof method === 'string') return method;
    if (proof === pair.strict && !(await holds(proof, document, method.publicKeyMultibase)))
      return 'bad-signature';
  }
  return null;
}

/** Whether this browser can verify an Ed25519 signature: Chromium 137, Firefox 129, Safari 17 and newer can. */
export async function canCheck(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

async function holds({ proofValue, ...options }: JsonObject, document: JsonObject, multibase: string) {
  const signature = base58((proofValue as string).slice(1), 64);
  const raw = base58(multibase.slice(1), 34);
  if (!signature || !raw || !multibase.startsWith('z') || raw[0] !== 0xed || raw[1] !== 0x01) return false;
  const key = await crypto.subtle.importKey('raw', raw.slice(2), 'Ed25519', false, ['verify']);
  const sums = new Uint8Array(64);
  sums.set(await sumOf(options), 0);
  sums.set(await sumOf(document), 32);
  return crypto.subtle.verify('Ed25519', key, signature, sums);
}

const sumOf = async (value: Json): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(value))));
