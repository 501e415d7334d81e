import { leafHash, rootFromPath } from '../../../platform/lib/merkle.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { readHead } from './check/head-document.js';
import { isEventAt } from './check/vouched.js';
import { latestHead } from './signed-heads.js';
import { proofOfChain, type ChainProof } from './vouched-ends.js';

/**
 * How a chain stands in the newest signed head: its entry, and the path that leads from it to the root that was signed. Null where no
 * head knows the chain, the path leads elsewhere, or the entry is not there any more.
 */
export async function provenChain(chain: string): Promise<(ChainProof & { readonly root: string }) | null> {
  const newest = await latestHead();
  const [head, proof] = [
    newest && readHead(newest.content),
    newest && (await proofOfChain(chain, newest.number)),
  ];
  if (!head || !proof || !('root' in head.audit)) return null;
  const { seq, hash } = proof;
  const root = rootFromPath(leafHash(canonicalJson({ chain, seq, hash })), proof);
  return root === head.audit.root && (await isEventAt(proof)) ? { ...proof, root } : null;
}
