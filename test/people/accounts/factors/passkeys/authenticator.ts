import { createHash, generateKeyPairSync, randomBytes, sign, type JsonWebKey } from 'node:crypto';

/** What a challenge of the server says, as far as an authenticator reads it. */
export interface Options {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id: string };
  readonly user?: { readonly id: string };
}

/** What an answer has otherwise than an honest browser and device would make it. */
export interface Deceit {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userHandle?: string;
  readonly type?: string;
  /** Nobody typed a PIN or gave a finger. */
  readonly isUnverified?: boolean;
  readonly counter?: number;
  /** Signed by another key. */
  readonly isForged?: boolean;
}

/** A device of somebody that holds one passkey of this site, and a browser before it. Its answers are those of real ones, byte for byte. */
export function authenticator(origin: string) {
  const [keys, others] = [newKeys(), newKeys()];
  const id = randomBytes(16);
  let [handle, counter] = ['', 0];
  const answer = (response: object) =>
    JSON.stringify({
      ...{ id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} },
      response,
    });
  return {
    /** Makes the passkey, as `navigator.credentials.create` does. */
    make(options: Options, deceit: Deceit = {}): string {
      handle = options.user?.id ?? '';
      const made = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(keys.publicKey)]);
      const data = Buffer.concat([head(options.rp?.id, 0x41, 0, deceit), made]);
      const attestation = Buffer.concat([ATTESTATION, Buffer.from([0x58, data.length]), data]);
      const client = clientData('webauthn.create', options, origin, deceit);
      return answer({ clientDataJSON: text(client), attestationObject: text(attestation) });
    },
    /** Signs, as `navigator.credentials.get` does. */
    sign(options: Options, deceit: Deceit = {}): string {
      counter = deceit.counter ?? counter + 1;
      const data = head(options.rpId, 0x01, counter, deceit);
      const client = clientData('webauthn.get', options, origin, deceit);
      const { privateKey } = deceit.isForged ? others : keys;
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return answer({
        ...{ clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) },
        userHandle: deceit.userHandle ?? handle,
      });
    },
  };
}

export type Authenticator = ReturnType<typeof authenticator>;

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();

const text = (bytes: Buffer): string => bytes.toString('base64url');

/** CBOR: `{fmt: 'none', attStmt: {}, authData: …}`, up to the length of the data. */
const ATTESTATION = Buffer.concat([
  ...[[0xa3, 0x63], 'fmt', [0x64], 'none', [0x67], 'attStmt', [0xa0, 0x68], 'authData'].map(part =>
    typeof part === 'string' ? Buffer.from(part) : Buffer.from(part),
  ),
]);

/** A public key on P-256 for ECDSA with SHA-256 (COSE, RFC 9053, section 7.1.1). */
function coseOf(key: { export(options: { format: 'jwk' }): JsonWebKey }): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const [begin, middle] = ['a5010203262001215820', '225820'].map(hex => Buffer.from(hex, 'hex'));
  return Buffer.concat([
    begin ?? Buffer.alloc(0),
    Buffer.from(x, 'base64url'),
    middle ?? Buffer.alloc(0),
    Buffer.from(y, 'base64url'),
  ]);
}

/** What each answer of a device begins with (Web Authentication, section 6.1). */
function head(rpId = '', flags: number, counter: number, deceit: Deceit): Buffer {
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(counter);
  const verified = deceit.isUnverified ? 0 : 0x04;
  return Buffer.concat([sha256(deceit.rpId ?? rpId), Buffer.from([flags | verified]), counted]);
}

const clientData = (type: string, { challenge }: Options, origin: string, deceit: Deceit): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: deceit.type ?? type,
      challenge: deceit.challenge ?? challenge,
      origin: deceit.origin ?? origin,
      crossOrigin: false,
    }),
  );
