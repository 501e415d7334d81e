import { createPublicKey } from 'node:crypto';
import { refuseInDoubt, type Issuer } from '../../../certificates/issuer/issuer.js';
import { withSums } from '../../../certificates/audit-pack/shared-files.js';
import type { PackFile } from '../../../../platform/lib/zip.js';

/**
 * The files, the SHA-256 of each, and the issuer's signature on those: Ed25519 over the bytes of `SHA256SUMS`, as OpenSSL checks it.
 * No other text that we sign can be taken for it: proofs sign 64 bytes, and one line of sums is longer.
 */
export async function* signedFiles(files: AsyncIterable<PackFile>, issuer: Issuer): AsyncGenerator<PackFile> {
  refuseInDoubt(issuer);
  let sums = '';
  for await (const file of withSums(files)) {
    if (file.path === 'SHA256SUMS') sums = file.content as string;
    yield file;
  }
  yield { path: 'SHA256SUMS.sig', content: await issuer.signer.sign({ data: Buffer.from(sums) }) };
}

/** The public key that signs now, as OpenSSL reads it. */
export const publicPem = ({ key }: Issuer): string =>
  createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString();
