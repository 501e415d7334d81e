import type { RecordedEvent } from '../../../platform/events/event-payloads.js';
import { awaitedMail, notice, type Mailing } from '../../mails/mail-reactions.js';
import { findOrganisation } from '../memberships.js';
import { mailInvitation } from './invitation-mail.js';
import { invitationToMail } from './invitations.js';

/** Mails about invitations. */
export const invitationReactions = {
  'mail.invitation': notice('invitation.made', invite),
  'mail.invitation-again': awaitedMail('invitation.asked-again', invite),
  'mail.invitation-undone': notice('invitation.undone', async (event, { mail, baseUrl }) => {
    const organisation = await findOrganisation(event.organisationId ?? '');
    if (!organisation) return;
    const values = { organisation: organisation.name, link: `${baseUrl}/learning` };
    await mail('invitation-undone', event, event.payload.userId, values);
  }),
};

async function invite(
  { payload }: RecordedEvent<'invitation.made' | 'invitation.asked-again'>,
  mailing: Mailing,
): Promise<void> {
  const invitation = await invitationToMail(payload.invitationId, mailing.clock());
  if (invitation?.sentAt !== null) return;
  const occasion = { key: `invitation:${invitation.id}:${invitation.expiresAt}`, by: null };
  await mailInvitation(invitation, occasion, mailing);
}
