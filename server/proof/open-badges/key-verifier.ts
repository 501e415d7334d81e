import { createPublicKey, verify } from 'node:crypto';
import { from } from '@digitalbazaar/ed25519-multikey';
import { remembered } from '../../platform/lib/remembered.js';

/** What verifies signatures of one key, as the suites expect it. */
interface Verifier {
  readonly algorithm: 'Ed25519';
  verify(signed: { data: Uint8Array; signature: Uint8Array }): Promise<boolean>;
}

/**
 * The verifier of a key, by all that is said of the key. The suites’ own reads and opens the key anew for each signature,
 * which takes as long as to verify it.
 */
export const keyVerifier = remembered(
  {
    most: 100,
    keyOf: ({ verificationMethod }: { verificationMethod: object }) => JSON.stringify(verificationMethod),
  },
  async ({ verificationMethod }): Promise<Verifier> => {
    const { publicKey } = await (await from(verificationMethod)).export({ raw: true });
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return {
      algorithm: 'Ed25519',
      verify: async ({ data, signature }) => verify(null, data, key, signature),
    };
  },
);
