import { endingToken } from '../api-tokens/remind-of-tokens.js';
import { tokensHome } from '../api-tokens/tokens-page.js';
import type { Reactions } from '../events/choreography.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import { formatDate, formatMoment } from '../i18n/i18n.js';
import { hereIn, spokenLocale } from '../i18n/spoken.js';
import { domainsOf } from '../identity/domains/domains.js';
import { providerHome, signInHome } from '../identity/providers/provider-page.js';
import { providerWithId } from '../identity/providers/providers.js';
import { dayOf } from '../lib/days.js';
import { linkToken } from '../lib/tokens.js';
import { sendToAddress } from '../notifications/notices.js';
import { linkToMail, markLinkSent } from '../organisations/course-links/course-links.js';
import { administratorsOf } from '../organisations/grants/nearest-managers.js';
import { findRole } from '../organisations/grants/role-queries.js';
import { endText, periodText, roleText } from '../organisations/grants/role-texts.js';
import { invitationToMail } from '../organisations/invitations/invitations.js';
import { findOrganisation } from '../organisations/memberships.js';
import { invitationMail } from './invitation-mail.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about somebody's place in an organisation: roles and invitations; and about what an organisation has to renew. */
export function organisationMails(deps: ReactionDeps) {
  const { baseUrl, linkKey, clock } = deps;
  const { mail, mailAll, t, place } = mailsWith(deps);
  const invite = invitationMail(deps);
  const mailInvitation = async ({
    payload,
  }: RecordedEvent<'invitation.made' | 'invitation.asked-again'>): Promise<void> => {
    const invitation = await invitationToMail(payload.invitationId, clock());
    if (invitation?.sentAt !== null) return;
    await invite(invitation, { key: `invitation:${invitation.id}:${invitation.expiresAt}`, by: null });
  };
  return {
    'mail.role-given': async event => {
      const role = await findRole(event.payload.grantId);
      if (!role) return;
      const { organisation } = role;
      const texts = { role: roleText(role, { t }), period: periodText(role, { t, locale: spokenLocale() }) };
      await mail('role-given', event, role.userId, { organisation, ...texts, link: `${baseUrl}/roles` });
    },
    'mail.role-ended': async event => {
      const role = await findRole(event.payload.grantId);
      if (!role) return;
      const { organisation } = role;
      const end = endText(event.payload.untilDay, { t, locale: spokenLocale() });
      const values = { organisation, role: roleText(role, { t }), end, link: `${baseUrl}/roles` };
      await mail('role-ended', event, role.userId, values);
    },
    'mail.token-ending': async event => {
      const token = await endingToken(event.payload.tokenId, clock());
      const organisation = token && (await findOrganisation(token.organisationId));
      if (!organisation) return;
      const until = formatMoment(token.expiresAt, hereIn(organisation.timeZone));
      const link = `${baseUrl}${tokensHome(organisation.id)}`;
      const values = { token: token.name, organisation: organisation.name, until, link };
      await mailAll('token-ending', event, token.tell, values);
    },
    'mail.provider-certificate': async event => {
      const { providerId, endsAt } = event.payload;
      const provider = await providerWithId(providerId);
      if (!provider) return;
      const { name, organisation, organisationId, timeZone } = provider;
      const until = formatDate(endsAt, hereIn(timeZone));
      const values = { provider: name, organisation, until, link: `${baseUrl}${providerHome(provider)}` };
      const tell = await administratorsOf(organisationId, dayOf(clock(), timeZone));
      await mailAll('provider-certificate', event, tell, values);
    },
    'mail.domain-lapsed': async event => {
      const organisation = await findOrganisation(event.organisationId ?? '');
      const domains = organisation ? await domainsOf(organisation.id) : [];
      const lapsed = domains.find(({ id, lapsedAt }) => id === event.payload.domainId && lapsedAt !== null);
      if (!organisation || !lapsed) return;
      const { id, name, timeZone } = organisation;
      const values = { domain: lapsed.domain, organisation: name, link: `${baseUrl}${signInHome(id)}` };
      await mailAll('domain-lapsed', event, await administratorsOf(id, dayOf(clock(), timeZone)), values);
    },
    'mail.invitation': mailInvitation,
    'mail.invitation-again': mailInvitation,
    'mail.course-sent': async ({ payload }) => {
      const found = await linkToMail(payload.courseLinkId, clock());
      if (!found) return;
      const { id, email, organisation, expiresAt } = found;
      const link = `${baseUrl}/sent-course?token=${linkToken(linkKey, id)}`;
      const values = { organisation, link, until: formatDate(expiresAt, place) };
      await sendToAddress({ kind: 'course-sent', email, key: `course-sent:${id}`, values }, deps);
      await markLinkSent(id, clock());
    },
    'mail.invitation-undone': async event => {
      const organisation = await findOrganisation(event.organisationId ?? '');
      if (!organisation) return;
      const values = { organisation: organisation.name, link: `${baseUrl}/learning` };
      await mail('invitation-undone', event, event.payload.userId, values);
    },
  } satisfies Partial<Reactions>;
}
