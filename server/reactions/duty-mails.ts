import type { Reactions } from '../events/choreography.js';
import type { RecordedEvent } from '../events/event-payloads.js';
import { spokenLocale } from '../i18n/spoken.js';
import { dayOf } from '../lib/days.js';
import { signLink } from '../lib/signed-links.js';
import { dutiesMailed, dutiesToMail, dutySentence } from '../notifications/duties/duty-mail.js';
import { notMailed } from '../notifications/duties/not-mailed.js';
import { DIGEST_LISTS } from '../notifications/managers/digest-counts.js';
import { digestToMail } from '../notifications/managers/digests.js';
import { escalationsMailed, escalationsToMail } from '../notifications/managers/escalation-mail.js';
import { sendNotice } from '../notifications/notices.js';
import { invitationLimits } from '../organisations/invitations/invitation-limits.js';
import { invitationToMail } from '../organisations/invitations/invitations.js';
import { renewLink } from '../organisations/invitations/renew-link.js';
import { findOrganisation } from '../organisations/memberships.js';
import { dayText, invitationMail } from './invitation-mail.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about what is required: to whoever has to do it, and to those who manage them. */
export function dutyMails(deps: ReactionDeps) {
  const { baseUrl, linkKey, limits, clock } = deps;
  const { mail, t } = mailsWith(deps);
  const invite = invitationMail(deps);
  /** The organisation of an event, with its day; null: it is gone. */
  const dayIn = async ({ organisationId }: RecordedEvent) => {
    const organisation = await findOrganisation(organisationId ?? '');
    return organisation && { ...organisation, today: dayOf(clock(), organisation.timeZone) };
  };

  return {
    'mail.duties-due': async event => {
      const organisation = await dayIn(event);
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
    },
    'mail.duties-invited': async event => {
      const organisation = await dayIn(event);
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
      const isSent = await invite(invitation, { key: `duties-invited:${event.id}`, by }).catch(
        async (fault: unknown) => {
          await limits.giveBack(invitationLimits.mail, invitation.email);
          throw fault;
        },
      );
      if (isSent) await dutiesMailed(told, clock());
      else await notMailed(told, 'bounced');
    },
    'mail.duties-escalated': async event => {
      const organisation = await dayIn(event);
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
    },
    'mail.digest-due': async event => {
      const organisation = await dayIn(event);
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
      const told = { kind: 'digest-due', userId, organisationId, key: `digest:${digestId}` } as const;
      await sendNotice(
        { ...told, values: { organisation: name, lists, link, optOut }, optOut },
        deps,
        clock(),
      );
    },
  } satisfies Partial<Reactions>;
}
