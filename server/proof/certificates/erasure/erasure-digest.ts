import { redactedBy } from '../../../platform/events/redact-events.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { erasedOf } from './erase-certificates.js';

/** What an erasure left to be proven by hash only. The digest stands in its event, so that no row can be added or changed. */
export interface ErasedProof {
  readonly certificates: number;
  readonly events: number;
  readonly digest: string;
}

/** Counted and hashed from the rows themselves. */
export async function proofOfErasure(erasureId: string): Promise<ErasedProof> {
  const [certificates, events] = [await erasedOf(erasureId), await redactedBy(erasureId)];
  const listed = {
    certificates: certificates.map(row => ({ ...row })),
    events: events.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash })),
  };
  return {
    certificates: certificates.length,
    events: events.length,
    digest: sha256(canonicalJson(listed)),
  };
}
