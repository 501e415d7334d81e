import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { fromJwk } from '@digitalbazaar/ed25519-multikey';

/**
 * An issuer's Ed25519 key. `keyId` is the fragment that names it in the DID document: its own public key in multibase, so
 * that an offline copy of a certificate names the key itself.
 */
export type IssuerKeyPair = { keyId: string; publicKeyMultibase: string; privateKey: KeyObject };

/** What signs: `id` is the verification method (`did:web:…#z6Mk…`). A KMS can have the same interface. */
export type Signer = {
  id: string;
  algorithm: 'Ed25519';
  sign(input: { data: Uint8Array }): Promise<Uint8Array>;
};

/** The sealed key does not open: wrong key-encryption key, or a damaged or exchanged envelope. */
export class SealedKeyError extends Error {
  constructor() {
    super('The sealed signing key does not open: wrong key-encryption key, or the envelope was changed');
    this.name = 'SealedKeyError';
  }
}

/** Make a new key from the system's source of randomness. */
export async function generateKeyPair(): Promise<IssuerKeyPair> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { publicKeyMultibase } = await fromJwk({ jwk: publicKey.export({ format: 'jwk' }) });
  return { keyId: publicKeyMultibase, publicKeyMultibase, privateKey };
}

/**
 * Encrypt a private key (PKCS#8, AES-256-GCM) under `kek`, 32 bytes that are kept outside the database. The key's id is
 * authenticated too, so that one sealed key cannot be passed off as another. Returns JSON text.
 */
export function sealPrivateKey(key: Pick<IssuerKeyPair, 'keyId' | 'privateKey'>, kek: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', kek, iv).setAAD(authenticated(key.keyId));
  const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'der' });
  const data = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  pkcs8.fill(0);
  return JSON.stringify({
    v: 1,
    alg: 'A256GCM',
    kid: key.keyId,
    iv: iv.toString('base64url'),
    data: data.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
  });
}

/** Open what `sealPrivateKey` wrote. @throws SealedKeyError whatever is wrong with it. */
export function openPrivateKey(sealed: string, kek: Buffer): { keyId: string; privateKey: KeyObject } {
  try {
    return decrypt(JSON.parse(sealed) as Envelope, kek);
  } catch {
    // One error for every cause: an attacker learns nothing, and an operator has one thing to look for.
    throw new SealedKeyError();
  }
}

/** A signer with a key held in memory, for the issuer `did`. */
export function createSigner(did: string, key: Pick<IssuerKeyPair, 'keyId' | 'privateKey'>): Signer {
  return {
    id: `${did}#${key.keyId}`,
    algorithm: 'Ed25519',
    sign: async ({ data }) => sign(null, data, key.privateKey),
  };
}

type Envelope = { v: unknown; alg: unknown; kid: string; iv: string; data: string; tag: string };

function decrypt(
  { v, alg, kid, iv, data, tag }: Envelope,
  kek: Buffer,
): { keyId: string; privateKey: KeyObject } {
  if (v !== 1 || alg !== 'A256GCM') throw new SealedKeyError();
  const decipher = createDecipheriv('aes-256-gcm', kek, bytes(iv), { authTagLength: 16 })
    .setAAD(authenticated(kid))
    .setAuthTag(bytes(tag));
  const pkcs8 = Buffer.concat([decipher.update(bytes(data)), decipher.final()]);
  const privateKey = createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' });
  pkcs8.fill(0);
  return { keyId: kid, privateKey };
}

function authenticated(keyId: string): Buffer {
  return Buffer.from(`1 A256GCM ${keyId}`);
}

function bytes(text: string): Buffer {
  const read = Buffer.from(text, 'base64url');
  // Node's decoder skips characters that it does not know: without this, a changed one could go unnoticed.
  if (read.toString('base64url') !== text) throw new SealedKeyError();
  return read;
}
