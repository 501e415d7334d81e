import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { z } from 'zod';
import { fetchOutside } from '../../../platform/http/outside-fetch.js';
import { remembered } from '../../../platform/lib/remembered.js';

/** What a provider says of itself, as far as its messages need it. */
const described = z.looseObject({ jwks_uri: z.string() });

const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

/** OpenID Connect Back-Channel Logout 1.0, 2.4: a subject, a session, or both; and never a nonce, so that it is no ID token. */
const logoutClaims = z
  .object({
    jti: z.string().min(1).max(500),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(500).optional(),
    events: z.looseObject({ [LOGOUT]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** A provider that may have sent a message. `isTest`: it may be on the same machine. */
interface Sender {
  readonly issuer: string;
  readonly clientId: string;
  readonly metadata: string;
  readonly isTest: boolean;
}

/** No secret that two share, and not `none`. */
const SIGNED_BY = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** What a token that says what it is may say: not every provider names it (2.4), but a token for something else never counts. */
const NAMED = [undefined, 'jwt', 'logout+jwt'];

/** How long a message counts (s), and how far the provider's clock may be from ours. */
export const LOGOUT_LIFE = 600;
const SKEW = 5;

/** Whom a logout token signs out. Throws for one that its sender did not sign, that is for others, old, or no such token. */
export async function readLogoutToken(sender: Sender, token: string, now: number) {
  const { payload, protectedHeader } = await jwtVerify(token, keysOf(sender), {
    issuer: sender.issuer,
    audience: sender.clientId,
    algorithms: SIGNED_BY,
    maxTokenAge: LOGOUT_LIFE,
    clockTolerance: SKEW,
    currentDate: new Date(now),
  });
  if (!NAMED.includes(protectedHeader.typ?.toLowerCase())) throw new Error('This is not a logout token');
  return logoutClaims.parse(payload);
}

/** Fetched when first needed, and anew for a key that is not among them. */
const keysOf = remembered(
  { most: 500, keyOf: (sender: Sender) => JSON.stringify(sender) },
  ({ metadata, isTest }) =>
    createRemoteJWKSet(new URL(described.parse(JSON.parse(metadata)).jwks_uri), {
      [customFetch]: (address: string) => fetchOutside(address, {}, isTest),
    }),
);
