import { Refused } from '../events/jobs/failures.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spokenLocale } from '../i18n/spoken.js';
import { linkToken } from '../lib/tokens.js';
import { sendToAddress } from '../notifications/notices.js';
import { periodText, roleText } from '../organisations/grants/role-texts.js';
import { invitationBounced } from '../organisations/invitations/end-invitation.js';
import { markSent, type invitationToMail } from '../organisations/invitations/invitations.js';
import { roleFacts } from '../organisations/invitations/invited-role.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

type Invitation = NonNullable<Awaited<ReturnType<typeof invitationToMail>>>;

/** One mail of an invitation. */
interface InvitationMail {
  /** Names the occasion: the same invitation may be mailed again. */
  readonly key: string;
  /** The sentence that asks to join by a day; null: nothing is asked by a day. */
  readonly by: string | null;
}

/**
 * Mails an invitation. The address is unproven, so the mail names the organisation, and neither the person nor what is required of them.
 * Returns false where the address does not exist, which is kept.
 */
export function invitationMail(deps: ReactionDeps) {
  const { baseUrl, linkKey, clock } = deps;
  const { t, place } = mailsWith(deps);
  return async (invitation: Invitation, { key, by }: InvitationMail): Promise<boolean> => {
    const { id, email, organisation, expiresAt } = invitation;
    const token = linkToken(linkKey, id);
    const role = roleFacts(invitation);
    const values = {
      ...{ organisation, by, until: formatDate(expiresAt, place) },
      link: `${baseUrl}/invitation?token=${token}`,
      notForMe: `${baseUrl}/invitation/not-for-me?token=${token}`,
      role: role && `${roleText(role, { t })} · ${periodText(role, { t, locale: spokenLocale() })}`,
    };
    try {
      await sendToAddress({ kind: 'invitation', email, key, values }, deps);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      await invitationBounced(id, clock());
      return false;
    }
    await markSent(id, clock());
    return true;
  };
}

/** A day like "2026-12-31" in words. */
export const dayText = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));
