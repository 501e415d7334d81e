import type { RecordedEvent } from '../../platform/events/event-payloads.js';
import { dated } from '../../platform/events/reaction.js';
import type { RateLimits } from '../../platform/http/security/rate-limits.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn, spokenLocale } from '../../platform/i18n/spoken.js';
import { dayOf } from '../../platform/lib/days.js';
import { signLink } from '../../platform/lib/signed-links.js';
import { mailInvitation } from '../../people/organisations/invitations/invitation-mail.js';
import { invitationLimits } from '../../people/organisations/invitations/invitation-limits.js';
import { invitationToMail } from '../../people/organisations/invitations/invitations.js';
import { renewLink } from '../../people/organisations/invitations/renew-link.js';
import { findOrganisation } from '../../people/organisations/memberships.js';
import { dutiesMailed, dutiesToMail, dutySentence } from './duties/duty-mail.js';
import { notMailed } from './duties/not-mailed.js';
import { notice, type Mailing } from '../../people/mails/mail-reactions.js';
import { DIGEST_LISTS } from './managers/digest-counts.js';
import { digestToMail } from './managers/digests.js';
import { escalationsMailed, escalationsToMail } from './managers/escalation-mail.js';

/** An invitation counts against the mails that an address may get. */
type Inviting = Mailing & { readonly limits: RateLimits };

/** Mails about what is required: to those who have to do it, and to their managers. */
export const reminderReactions = {
  'mail.duties-due': dated(
    notice('duties.due', async (event, { mail, t, baseUrl, clock }) => {
      const organisation = await dayIn(event, clock());
      if (!organisation) return;
      const { id: organisationId, name, today } = organisation;
      const duties = await dutiesToMail({ ...event.payload, organisationId }, today);
      if (duties.length === 0) return;
      await mail('duties-due', event, event.payload.userId, {
        organisation: name,
        duties: duties.map(duty => dutySentence(duty, { t, locale: spokenLocale() })),
        isOverdue: duties.some(({ standing }) => standing === 'overdue'),
        link: `${baseUrl}/learning`,
      });
      await dutiesMailed(event.payload, clock());
    }),
  ),
  'mail.duties-invited': dated(notice('duties.invited', inviteForDuties)),
  'mail.duties-escalated': dated(
    notice('duties.escalated', async (event, { mail, t, baseUrl, clock }) => {
      const organisation = await dayIn(event, clock());
      if (!organisation) return;
      const { id: organisationId, name, today } = organisation;
      const told = { ...event.payload, organisationId };
      const { first, more } = await escalationsToMail(told, { today, now: clock() });
      if (first.length === 0) return;
      await mail('duties-escalated', event, told.userId, {
        organisation: name,
        duties: first.map(({ dueDay, ...duty }) =>
          t('mail.dutiesEscalated.duty', { ...duty, day: dayText(dueDay) }),
        ),
        more,
        link: `${baseUrl}/organisations/${organisationId}/standings?shown=overdue`,
      });
      await escalationsMailed(told, clock());
    }),
  ),
  'mail.digest-due': dated(
    notice('digest.due', async (event, { send, t, baseUrl, linkKey, clock }) => {
      const organisation = await dayIn(event, clock());
      if (!organisation) return;
      const { id: organisationId, name, today } = organisation;
      const { digestId, userId } = event.payload;
      const counts = await digestToMail(digestId, { day: today, now: clock() });
      if (!counts) return;
      const link = `${baseUrl}/organisations/${organisationId}/standings`;
      const optOut = `${baseUrl}/weekly-summary?token=${signLink('digest', digestId, linkKey)}`;
      const lists = DIGEST_LISTS.filter(list => counts[list] > 0).map(list => ({
        text: t(`mail.digestDue.${list}`, { count: counts[list] }),
        href: `${link}?shown=${list}`,
      }));
      const values = { organisation: name, lists, link, optOut };
      await send({ kind: 'digest-due', userId, organisationId, key: `digest:${digestId}`, values, optOut });
    }),
  ),
};

async function inviteForDuties(event: RecordedEvent<'duties.invited'>, mailing: Inviting): Promise<void> {
  const { t, linkKey, limits, clock } = mailing;
  const organisation = await dayIn(event, clock());
  if (!organisation) return;
  const told = { ...event.payload, organisationId: organisation.id };
  const [first] = await dutiesToMail(told, organisation.today);
  if (!first) return;
  const renewed = await renewLink(told.membershipId, { ...told, key: linkKey, now: clock() });
  if (renewed.kind === 'not') return notMailed(told, renewed.why);
  const invitation = await invitationToMail(renewed.id, clock());
  if (!invitation) return;
  if ((await limits.count(invitationLimits.mail, invitation.email, clock())) !== null)
    return notMailed(told, 'too-many');
  const isOver = first.standing === 'overdue' || first.standing === 'in-grace';
  const by = t(`mail.invitation.${isOver ? 'overdue' : 'by'}`, { day: dayText(first.dueDay) });
  const occasion = { key: `duties-invited:${event.id}`, by };
  const isSent = await mailInvitation(invitation, occasion, mailing).catch(async (fault: unknown) => {
    await limits.giveBack(invitationLimits.mail, invitation.email);
    throw fault;
  });
  if (isSent) await dutiesMailed(told, clock());
  else await notMailed(told, 'bounced');
}

/** The organisation of an event, with its day; null: it is gone. */
async function dayIn({ organisationId }: RecordedEvent, now: number) {
  const organisation = await findOrganisation(organisationId ?? '');
  return organisation && { ...organisation, today: dayOf(now, organisation.timeZone) };
}

/** A day like "2026-12-31" in words. */
const dayText = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));
