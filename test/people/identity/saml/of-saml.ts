import { addDomain, domainsOf, proveDomain } from '../../../../server/people/identity/domains/domains.js';
import { addProvider } from '../../../../server/people/identity/providers/providers.js';
import { readSamlMetadata } from '../../../../server/people/identity/saml/saml-description.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { FORM, raw, type RawAnswer } from '../../../platform/http/raw.js';
import { employer } from '../../../support/organisations.js';
import { write } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { askedIn, metadataOf, newSigner, type Asked, type Signer } from './saml-provider.js';

/** An organisation whose people sign in by SAML. */
export interface SamlSigning {
  readonly organisation: OrganisationFacts;
  readonly id: string;
  readonly domain: string;
  readonly signer: Signer;
  /** The address by which people leave for the provider. */
  readonly leave: string;
}

let made = 0;

/** `ends`: when the certificate of its provider ends (epoch ms); `services`: what its metadata names besides. */
export async function samlSigning(ends?: number, services = ''): Promise<SamlSigning> {
  const [organisation, signer] = [await employer(), newSigner(ends)];
  const domain = `saml-${(made += 1)}.example`;
  const by = { organisationId: organisation.id, actorId: null, now: Date.now() };
  await addDomain(domain, by);
  for (const each of await domainsOf(organisation.id)) await proveDomain(each, 'administrator', by);
  const found = readSamlMetadata(metadataOf([signer], '', services), true);
  if (typeof found === 'string') throw new Error(found);
  const settings = {
    protocol: 'saml',
    name: 'Northern SAML',
    unitId: null,
    clientId: '',
    letsJoin: true,
  } as const;
  const said = { issuer: found.issuer, metadata: JSON.stringify(found), secret: null };
  const id = await addProvider({ ...settings, ...said }, world().secrets.providers, by);
  await write(`update identity_providers set tested_at = 1, state = 'offered' where id = $1`, [id]);
  return { organisation, id, domain, signer, leave: `/sign-in/organisation/${organisation.id}/to/${id}` };
}

/** A browser that was sent to the provider, with what it was sent with. */
export async function awayAt(
  { leave }: Pick<SamlSigning, 'leave'>,
  browser: Client = world().visitor(),
): Promise<{ browser: Client; asked: Asked }> {
  const left = await browser.get(leave);
  return { browser, asked: askedIn(left.headers.get('location') ?? '') };
}

/** What the page of a provider sends, from another site and so with no cookie of ours. */
export const fromProvider = (path: string, fields: Record<string, string>): Promise<RawAnswer> =>
  raw(path, {
    method: 'POST',
    headers: {
      'content-type': FORM,
      origin: 'https://saml.northern.example',
      'sec-fetch-site': 'cross-site',
    },
    body: new URLSearchParams(fields).toString(),
  });

/** The answer of a provider to a sign-in. */
export const posted = (response: string, state: string): Promise<RawAnswer> =>
  fromProvider('/sign-in/saml', {
    SAMLResponse: Buffer.from(response).toString('base64'),
    RelayState: state,
  });

/** The browser is sent on, to where it has its cookies. */
export async function comeBack(browser: Client, response: string, state: string): Promise<Page> {
  const { headers } = await posted(response, state);
  const { pathname, search } = new URL(String(headers.location), world().base);
  return browser.get(pathname + search);
}
