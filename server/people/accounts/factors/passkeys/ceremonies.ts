import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { KnownPasskey, MadePasskey } from './passkeys.js';

/** Where passkeys belong: the public address. */
export interface PasskeySite {
  /** Of the pages that ask for them: `https://training.example`. */
  readonly origin: string;
  /** The host, which a browser compares with the page's: `training.example`. */
  readonly rpId: string;
}

/** The site of an installation with this public address. */
export const siteAt = (baseUrl: string): PasskeySite => {
  const { origin, hostname } = new URL(baseUrl);
  return { origin, rpId: hostname };
};

/** What was asked, and where. */
export interface Ceremony {
  readonly challenge: string;
  readonly site: PasskeySite;
}

/** EdDSA, ECDSA with P-256 and RSA with SHA-256: one of them is known to every device (COSE). */
const ALGORITHMS = [-8, -7, -257] as const;

/** Whose passkey is to be made, in words that the device shows in its list, and which of theirs it must not make again. */
interface Wanted {
  readonly userId: string;
  readonly account: string;
  readonly siteName: string;
  readonly known: readonly { readonly credentialId: string }[];
}

/** What a browser is asked to make: a passkey that is found without a name typed, and asks for a PIN or a finger each time. */
export const optionsToMake = (
  { challenge, site }: Ceremony,
  { userId, account, siteName, known }: Wanted,
): PublicKeyCredentialCreationOptionsJSON => ({
  challenge,
  rp: { id: site.rpId, name: siteName },
  user: { id: handleOf(userId), name: account, displayName: account },
  pubKeyCredParams: ALGORITHMS.map(alg => ({ type: 'public-key', alg })),
  excludeCredentials: known.map(({ credentialId }) => ({ type: 'public-key', id: credentialId })),
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  attestation: 'none',
});

/** What a browser is asked to sign, by whichever passkey of this site its user chooses. */
export const optionsToSign = ({ challenge, site }: Ceremony): PublicKeyCredentialRequestOptionsJSON => ({
  challenge,
  rpId: site.rpId,
  userVerification: 'required',
});

/** The account number, as an authenticator keeps it: it names nobody. */
const handleOf = (userId: string): string => Buffer.from(userId).toString('base64url');

/** The passkey that was made; null where the answer is of another site, another challenge, or without PIN or finger. */
export async function madeBy(answer: string, { challenge, site }: Ceremony): Promise<MadePasskey | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const checked = await verifyRegistrationResponse({
    response: JSON.parse(answer) as RegistrationResponseJSON,
    ...expected({ challenge, site }),
    supportedAlgorithmIDs: [...ALGORITHMS],
  }).catch(() => null);
  if (!checked?.verified) return null;
  const { id, publicKey, counter } = checked.registrationInfo.credential;
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter };
}

/** The id of a passkey: base64url. */
const ID = /^[\w-]{1,1400}$/;

/** An answer of a passkey, as its browser sent it; null where it is none. */
export function readPasskeyAnswer(answer: string): AuthenticationResponseJSON | null {
  try {
    const read = JSON.parse(answer) as AuthenticationResponseJSON | null;
    return ID.test(String(read?.id)) && typeof read?.response === 'object' ? read : null;
  } catch {
    return null;
  }
}

/** The counter that a passkey signed; null where it is not its signature, or of another site, challenge, person, or without PIN or finger. */
export async function counterSignedBy(
  { credentialId, publicKey, userId }: KnownPasskey,
  answer: AuthenticationResponseJSON,
  ceremony: Ceremony,
): Promise<number | null> {
  if (answer.response.userHandle !== handleOf(userId)) return null;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const checked = await verifyAuthenticationResponse({
    response: answer,
    ...expected(ceremony),
    // Compared where it is stored (`countUse`): there two answers at once cannot both be newer.
    credential: { id: credentialId, publicKey: Buffer.from(publicKey, 'base64url'), counter: 0 },
  }).catch(() => null);
  return checked?.verified ? checked.authenticationInfo.newCounter : null;
}

const expected = ({ challenge, site }: Ceremony) => ({
  expectedChallenge: challenge,
  expectedOrigin: site.origin,
  expectedRPID: site.rpId,
  requireUserVerification: true,
});
