import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { CERTIFICATE_CONTEXTS, documentLoader } from '../../open-badges/document-loader.js';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import type { JsonObject } from '../../open-badges/strict-form.js';

/** The exact texts that the two proofs of a certificate sign: as N-Quads and as canonical JSON (RFC 8785). */
export interface CanonicalForms {
  readonly 'document.nq': string;
  readonly 'proof.nq': string;
  readonly 'document.jcs': string;
  readonly 'proof.jcs': string;
}

/** The canonical forms of a certificate that we signed. Each proof is signed with its document, without its own value. */
export async function canonicalForms(text: string): Promise<CanonicalForms> {
  const { proof, ...document } = JSON.parse(text) as JsonObject;
  const [linked = {}, plain = {}] = (proof as readonly JsonObject[]).map(
    ({ proofValue: _value, ...options }) => options,
  );
  return {
    'document.nq': await quads(document),
    'proof.nq': await quads({ '@context': [...CERTIFICATE_CONTEXTS], ...linked }),
    'document.jcs': canonicalJson(document),
    'proof.jcs': canonicalJson(plain),
  };
}

const quads = (document: object): Promise<string> =>
  rdfc.canonize(document, { documentLoader: documentLoader(), base: null, safe: true });
