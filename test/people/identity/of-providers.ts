import { dina, type Person } from '../../support/people.js';
import { employer } from '../../support/organisations.js';
import { write } from '../../support/rows.js';
import { Client, type Page } from '../../../server/workshop/smoke/client.js';
import { addDomain, domainsOf, proveDomain } from '../../../server/people/identity/domains/domains.js';
import { readProvider } from '../../../server/people/identity/openid/open-id.js';
import {
  addProvider,
  findProvider,
  setProviderState,
  type ProviderFacts,
} from '../../../server/people/identity/providers/providers.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { world } from '../../support/world.js';
import { CLIENT, openIdProvider, type Colleague, type OpenProvider } from './open-id-provider.js';

/** An organisation with its own sign-in. */
export interface Signing {
  readonly organisation: OrganisationFacts;
  readonly domain: string;
  readonly provider: ProviderFacts;
  readonly party: OpenProvider;
  readonly administrator: Person;
}

interface Wishes {
  readonly state?: ProviderFacts['state'];
  readonly letsJoin?: boolean;
  readonly isProven?: boolean;
  readonly keyholderId?: string | null;
}

const opened: OpenProvider[] = [];

/** Closes the providers of a file's tests. */
export const closeProviders = async (): Promise<void> => {
  for (const party of opened.splice(0)) await party.close();
};

let made = 0;

/** An organisation whose provider is offered, unless something else is wished. */
export async function signing(wishes: Wishes = {}): Promise<Signing> {
  const { state = 'offered', letsJoin = true, isProven = true, keyholderId = null } = wishes;
  const [organisation, administrator] = [await employer(), await dina()];
  const party = await openIdProvider(answerOf(organisation.id));
  opened.push(party);
  const domain = `northern-${(made += 1)}.example`;
  const by = { organisationId: organisation.id, actorId: administrator.id, now: Date.now() };
  await addDomain(domain, by);
  const [kept] = await domainsOf(organisation.id);
  if (kept && isProven) await proveDomain(kept, 'administrator', by);
  const settings = {
    protocol: 'openid' as const,
    name: 'Northern account',
    unitId: null,
    clientId: CLIENT.id,
    secret: CLIENT.secret,
    letsJoin,
  };
  const read = await readProvider(party.base, true);
  const id = await addProvider({ ...settings, ...read }, world().secrets.providers, by);
  await write('update identity_providers set tested_at = 1 where id = $1', [id]);
  await turn(
    { provider: { id }, organisation },
    state,
    keyholderId ?? (state === 'enforced' ? administrator.id : null),
  );
  const provider = await providerOf(organisation.id, id);
  return { organisation, domain, provider, party, administrator };
}

export const answerOf = (organisationId: string): string =>
  `${world().base}/sign-in/organisation/${organisationId}/answer`;

async function providerOf(organisationId: string, id: string): Promise<ProviderFacts> {
  const provider = await findProvider(organisationId, id);
  if (!provider) throw new Error('The provider is gone');
  return provider;
}

/** Offers a provider, turns it off, or makes it the only way in but for its keyholder. */
export async function turn(
  {
    provider: { id },
    organisation,
  }: { provider: Pick<ProviderFacts, 'id'>; organisation: OrganisationFacts },
  state: ProviderFacts['state'],
  keyholderId: string | null,
): Promise<void> {
  const by = { organisationId: organisation.id, actorId: '', now: Date.now() };
  await setProviderState(await providerOf(organisation.id, id), { state, keyholderId }, by);
}

/** Where a provider sends a browser that comes to it from us. */
export const answerFrom = (party: OpenProvider, left: Page): Promise<string> =>
  answerTo(party, left.headers.get('location') ?? '');

async function answerTo(party: OpenProvider, address: string): Promise<string> {
  const to = new URL(address, party.base);
  const back = await new Client(party.base).get(to.pathname + to.search);
  const answer = new URL(back.headers.get('location') ?? '', world().base);
  return answer.pathname + answer.search;
}

/** Sign in as somebody at work, by the link of the organisation's page. Returns the page that is reached. */
export async function signInAs(
  { organisation, provider, party }: Signing,
  who: Colleague,
  browser = world().visitor(),
): Promise<Page> {
  Object.assign(party, { who });
  const left = await browser.get(`/sign-in/organisation/${organisation.id}/to/${provider.id}`);
  return browser.get(await answerFrom(party, left));
}

/** Somebody who is signed in answers the question whether to connect, and goes to the provider. Returns where it sends them back. */
export async function connecting({ provider, party }: Signing, browser: Client): Promise<string> {
  await browser.get(`/account/identities/${provider.id}`);
  return answerTo(party, linkOn(await browser.submit(`/account/identities/${provider.id}/to`)));
}

/** The link to a provider on a page of ours. */
const linkOn = ({ text }: Page): string =>
  (/href="([^"]*)" data-onward/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');

/** Somebody with an address in the organisation's domain, which the provider vouches for. */
export const colleague = ({ domain }: Signing, name = 'mara', more: Partial<Colleague> = {}): Colleague => ({
  ...{ sub: `${name}@${domain}#1`, email: `${name}@${domain}`, email_verified: true, name: 'Mara Lind' },
  ...more,
});

/** Why an answer was refused, as its page says; null: it was not. */
export const reasonOn = ({ text }: Page): string | null => /data-reason="([\w-]+)"/.exec(text)?.[1] ?? null;
