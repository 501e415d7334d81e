import * as client from 'openid-client';
import { z } from 'zod';
import { fetchOutside } from '../../../platform/http/outside-fetch.js';
import { remembered } from '../../../platform/lib/remembered.js';
import type { Arriving } from '../claim-rules.js';

/** How far the clock of a provider may be from ours (s). */
const SKEW = 5;

/** A provider as our side of the conversation needs it; `secret` in the clear. */
export interface Party {
  readonly metadata: string;
  readonly clientId: string;
  readonly secret: string;
  /** Tests alone talk to a provider on their own machine, without HTTPS. */
  readonly isTest: boolean;
}

const addressOn = (isTest: boolean) =>
  z.string().refine(text => URL.canParse(text) && (isTest || new URL(text).protocol === 'https:'));
const described = (isTest: boolean) =>
  z.looseObject({
    issuer: addressOn(isTest),
    authorization_endpoint: addressOn(isTest),
    token_endpoint: addressOn(isTest),
    jwks_uri: addressOn(isTest),
  });

/**
 * Read what a provider says of itself (OpenID Connect Discovery 1.0). Returns its issuer and the description as JSON. Throws where it
 * cannot be reached, describes another issuer or something that is no provider.
 */
export async function readProvider(
  issuer: string,
  isTest: boolean,
): Promise<{ issuer: string; metadata: string }> {
  const found = await client.discovery(new URL(issuer), 'unknown', undefined, undefined, {
    ...(isTest && { execute: [client.allowInsecureRequests] }),
    [client.customFetch]: fetchWith(isTest),
  });
  const metadata = described(isTest).parse(JSON.parse(JSON.stringify(found.serverMetadata())));
  return { issuer: metadata.issuer, metadata: JSON.stringify(metadata) };
}

/** What a trip to a provider is told by, and checked by when it comes back. */
interface Trip {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The provider's address to which a browser is sent. `answer`: the address of ours to which it comes back; `asksAnew`: whatever it remembers. */
export async function addressAtProvider(
  party: Party,
  { state, nonce, verifier, asksAnew }: Trip & { readonly asksAnew: boolean },
  answer: string,
): Promise<string> {
  const config = configOf(party);
  const { scopes_supported: scopes = [] } = config.serverMetadata();
  return client.buildAuthorizationUrl(config, {
    redirect_uri: answer,
    scope: ['openid', 'email', 'profile', ...(scopes.includes('groups') ? ['groups'] : [])].join(' '),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    // With an age it has to say when that was, too (OpenID Connect Core 1.0, 3.1.2.1).
    ...(asksAnew && { prompt: 'login', max_age: '0' }),
  }).href;
}

/**
 * What a provider says of whoever came back to `answer` (the whole address). Throws for an answer that was forged, is old or another's,
 * and where the provider refuses.
 */
export async function claimsFrom(party: Party, answer: URL, trip: Trip): Promise<Arriving> {
  const config = configOf(party);
  const tokens = await client.authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: trip.verifier,
    expectedState: trip.state,
    expectedNonce: trip.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('The provider sent no ID token');
  const hasMore = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  const more = hasMore ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  return { ...more, ...claims };
}

/** Kept as long as nothing of it changes, with the keys that were fetched for it. */
const configOf = remembered(
  { most: 500, keyOf: (party: Party) => JSON.stringify(party) },
  ({ metadata, clientId, secret, isTest }) => {
    const server = JSON.parse(metadata) as client.ServerMetadata;
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const proof = methods.includes('client_secret_post') ? client.ClientSecretPost : client.ClientSecretBasic;
    const own = { client_secret: secret, [client.clockTolerance]: SKEW };
    const config = new client.Configuration(server, clientId, own, proof(secret));
    if (isTest) client.allowInsecureRequests(config);
    // The signature is checked, although the token comes from the provider itself over HTTPS.
    client.enableNonRepudiationChecks(config);
    config[client.customFetch] = fetchWith(isTest);
    config.timeout = SKEW;
    return config;
  },
);

const fetchWith =
  (isTest: boolean): client.CustomFetch =>
  (address, sent) =>
    fetchOutside(address, sent, isTest);

/** What went wrong, for the log: names and codes alone, since messages may hold what somebody sent. */
export function providerFault(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, error: said } = error as { code?: unknown; error?: unknown };
  return [error.name, code, said]
    .filter(part => typeof part === 'string' && /^[\w-]{1,60}$/.test(part))
    .join(' ');
}
