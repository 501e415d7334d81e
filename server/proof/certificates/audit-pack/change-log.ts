import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { eventRows } from '../ledger/check/recorded-events.js';
import { proofOfChain } from '../ledger/vouched-ends.js';
import type { PackFile } from '../../../platform/lib/zip.js';

/**
 * The events of an organisation up to a signed head, and how their chain stands in it: whoever checks them sees that none is
 * left out, and learns nothing of other organisations. Nothing where the head does not know the chain.
 */
export async function* changeLog(organisationId: string, head: number): AsyncGenerator<PackFile> {
  const proof = await proofOfChain(organisationId, head);
  if (!proof) return;
  yield { path: 'changes/proof.json', content: canonicalJson({ ...proof }) };
  yield { path: 'changes/events.jsonl', content: lines(organisationId, proof.seq) };
}

/** A line for each event: what its hash covers, and the hash. */
async function* lines(chain: string, upTo: number): AsyncGenerator<string> {
  for await (const { previousHash: _, hash, payload, ...event } of eventRows(chain)) {
    if (event.seq > upTo) return;
    yield `${canonicalJson({ event: { ...event, payload: JSON.parse(payload) as Json }, hash })}\n`;
  }
}
