import { createPublicKey } from 'node:crypto';
import { changeLog } from '../../../certificates/audit-pack/change-log.js';
import { latestHead } from '../../../certificates/ledger/signed-heads.js';
import { proofOfChain } from '../../../certificates/ledger/vouched-ends.js';
import { base58 } from '../../../certificates/offline/browser/base58.js';
import { canonicalJson, type Json } from '../../../../platform/lib/canonical-json.js';
import type { PackFile } from '../../../../platform/lib/zip.js';

type Signed = { readonly [name: string]: Json } & {
  readonly proof: {
    readonly [name: string]: Json;
    readonly proofValue: string;
    readonly verificationMethod: string;
  };
};

/**
 * The organisation's log of changes, with the signed head that vouches for it in parts that OpenSSL and coreutils read: its end and
 * its way to the root as plain lines, and what the signature of the head is over. Nothing where no head vouches for it yet.
 */
export async function* changeFiles(organisationId: string): AsyncGenerator<PackFile> {
  const head = await latestHead();
  const place = head && (await proofOfChain(organisationId, head.number));
  if (!head || !place) return;
  yield* changeLog(organisationId, head.number);
  const { chain, seq, hash, index, size, path } = place;
  yield { path: 'changes/end.txt', content: `${[chain, seq, hash, index, size].join(' ')}\n` };
  yield { path: 'changes/path.txt', content: path.map(beside => `${beside}\n`).join('') };
  yield { path: 'changes/head.json', content: head.content };
  const { proof, ...document } = JSON.parse(head.content) as Signed;
  const { proofValue, ...options } = proof;
  yield { path: 'changes/head.jcs', content: canonicalJson(document) };
  yield { path: 'changes/head-proof.jcs', content: canonicalJson(options) };
  yield { path: 'changes/head.sig', content: base58(proofValue.slice(1), 64) ?? '' };
  yield { path: 'changes/head-key.pem', content: pemOf(proof.verificationMethod.split('#z')[1] ?? '') };
}

/** What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
const DER = Buffer.from('302a300506032b6570032100', 'hex');

/** A key in multibase, without its `z`, as OpenSSL reads it. Two bytes say of which kind it is. */
function pemOf(multibase: string): string {
  const raw = base58(multibase, 34)?.subarray(2) ?? new Uint8Array();
  const key = createPublicKey({ key: Buffer.concat([DER, raw]), format: 'der', type: 'spki' });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
