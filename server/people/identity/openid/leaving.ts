import { z } from 'zod';
import { providerWithId, type ProviderFacts } from '../providers/providers.js';
import { signInAddress } from '../enforcement.js';

const described = z.looseObject({ end_session_endpoint: z.string().optional() });

/** Where somebody signs out at a provider (OpenID Connect RP-Initiated Logout 1.0); null: it says no such place. */
export function leavingAddress({ protocol, metadata, clientId }: ProviderFacts): string | null {
  if (protocol !== 'openid') return null;
  const { end_session_endpoint: address } = described.parse(JSON.parse(metadata));
  if (!address || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return null;
  const leaving = new URL(address);
  leaving.searchParams.set('client_id', clientId);
  return leaving.href;
}

/** The page of ours for whoever signs out here and came by this provider; null: there is nothing to say there. */
export async function leftPage(providerId: string): Promise<string | null> {
  const provider = await providerWithId(providerId);
  if (!provider || leavingAddress(provider) === null) return null;
  return `${signInAddress(provider.organisationId)}/left/${provider.id}`;
}
