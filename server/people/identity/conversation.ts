import type { WebDeps } from '../../platform/http/deps.js';
import type { Arriving } from './claim-rules.js';
import { signInAddress } from './enforcement.js';
import { addressAtProvider, claimsFrom, type Party } from './openid/open-id.js';
import { secretOf, type ProviderFacts } from './providers/providers.js';
import { addressAtSaml, claimsFromSaml, type SamlParty } from './saml/saml.js';
import { descriptionIn } from './saml/saml-description.js';
import type { endTrip } from './trips.js';

/** What a conversation with a provider needs of this installation. */
type Ours = Pick<WebDeps, 'config' | 'secrets'>;

/** A trip on its way back. */
type Trip = NonNullable<Awaited<ReturnType<typeof endTrip>>>;

/** The page of ours to which a browser comes back that was with a provider of an organisation. */
export const answerAddress = ({ config }: Pick<Ours, 'config'>, organisationId: string): string =>
  `${config.baseUrl}${signInAddress(organisationId)}/answer`;

/** To where SAML providers send what they say: of all organisations, since it comes without cookies and is told by its trip. */
export const SAML_ANSWER = '/sign-in/saml';

/** The name by which a SAML provider knows us, at which our metadata can be read. */
export const ourselvesAt = (
  { config }: Pick<Ours, 'config'>,
  { organisationId, id }: Pick<ProviderFacts, 'organisationId' | 'id'>,
): string => `${config.baseUrl}${signInAddress(organisationId)}/saml/${id}/metadata.xml`;

/**
 * The provider's address to which a browser is sent. `asksAnew`: whoever is signed in there is asked to sign in again. Throws where nothing
 * is known of the provider yet.
 */
export function addressAt(
  ours: Ours,
  provider: ProviderFacts,
  told: Pick<Trip, 'state' | 'nonce' | 'verifier' | 'requestId'> & { readonly asksAnew: boolean },
): Promise<string> {
  if (provider.protocol === 'saml') return addressAtSaml(samlParty(ours, provider), told);
  return addressAtProvider(openIdParty(ours, provider), told, answerAddress(ours, provider.organisationId));
}

/** Who a provider says has come. `search`: what the browser brought. Throws for whatever is not the provider's answer to this trip. */
export function whoCame(ours: Ours, provider: ProviderFacts, trip: Trip, search: string): Promise<Arriving> {
  if (provider.protocol === 'saml')
    return claimsFromSaml(samlParty(ours, provider), trip.response ?? '', trip);
  // Our own address, whatever a proxy made of it.
  const came = new URL(answerAddress(ours, provider.organisationId));
  came.search = search;
  return claimsFrom(openIdParty(ours, provider), came, trip);
}

/** How far the clock of a provider may be from ours (ms). */
const SKEW = 5_000;

/** Whether the provider says that it asked somebody who they are after they left for it, and not some time before. */
export const isAskedAnew = ({ auth_time: at }: Arriving, { begunAt }: Pick<Trip, 'begunAt'>): boolean =>
  typeof at === 'number' && at * 1000 >= begunAt - SKEW;

const openIdParty = ({ config, secrets }: Ours, provider: ProviderFacts): Party => ({
  metadata: provider.metadata,
  clientId: provider.clientId,
  secret: secretOf(provider, secrets.providers),
  isTest: config.environment === 'test',
});

/** A SAML provider and our side of the conversation with it. Throws where nothing is known of the provider yet. */
export function samlParty(ours: Ours, provider: ProviderFacts): SamlParty {
  const description = descriptionIn(provider.metadata);
  if (!description) throw new Error('The settings of the provider have not been read yet');
  const answer = `${ours.config.baseUrl}${SAML_ANSWER}`;
  return { description, ourselves: ourselvesAt(ours, provider), answer };
}
