import type { RecordedEvent } from '../../platform/events/event-payloads.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { dayOf } from '../../platform/lib/days.js';
import { awaitedMail, notice, type Mailing } from '../mails/mail-reactions.js';
import { administratorsOf } from '../organisations/grants/nearest-managers.js';
import { findOrganisation } from '../organisations/memberships.js';
import { domainsOf } from './domains/domains.js';
import { providerHome, signInHome } from './providers/provider-page.js';
import { providerWithId } from './providers/providers.js';

/** Mails about sign-in through an organisation's provider: to the person, and to those who have to renew something of it. */
export const identityReactions = {
  'mail.identity-connected': awaitedMail('identity.connected', (event, mailing) =>
    identityChanged(event, 'connected', mailing),
  ),
  'mail.identity-disconnected': awaitedMail('identity.disconnected', (event, mailing) =>
    identityChanged(event, 'disconnected', mailing),
  ),
  'mail.provider-certificate': notice(
    'identity-provider.certificate-ending',
    async (event, { mailAll, clock, baseUrl }) => {
      const { providerId, endsAt } = event.payload;
      const provider = await providerWithId(providerId);
      if (!provider) return;
      const { name, organisation, organisationId, timeZone } = provider;
      const until = formatDate(endsAt, hereIn(timeZone));
      const values = { provider: name, organisation, until, link: `${baseUrl}${providerHome(provider)}` };
      const tell = await administratorsOf(organisationId, dayOf(clock(), timeZone));
      await mailAll('provider-certificate', event, tell, values);
    },
  ),
  'mail.domain-lapsed': notice('identity-domain.lapsed', async (event, { mailAll, clock, baseUrl }) => {
    const organisation = await findOrganisation(event.organisationId ?? '');
    const domains = organisation ? await domainsOf(organisation.id) : [];
    const lapsed = domains.find(({ id, lapsedAt }) => id === event.payload.domainId && lapsedAt !== null);
    if (!organisation || !lapsed) return;
    const { id, name, timeZone } = organisation;
    const values = { domain: lapsed.domain, organisation: name, link: `${baseUrl}${signInHome(id)}` };
    await mailAll('domain-lapsed', event, await administratorsOf(id, dayOf(clock(), timeZone)), values);
  }),
};

async function identityChanged(
  event: RecordedEvent<'identity.connected' | 'identity.disconnected'>,
  what: 'connected' | 'disconnected',
  { mail, moment, baseUrl }: Mailing,
): Promise<void> {
  const organisation = event.organisationId && (await findOrganisation(event.organisationId));
  if (!organisation) return;
  await mail('identity-changed', event, event.payload.userId, {
    ...{ what, organisation: organisation.name },
    at: moment(event.createdAt),
    link: `${baseUrl}/account/identities`,
  });
}
