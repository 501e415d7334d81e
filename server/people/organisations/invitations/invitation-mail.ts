import { Refused } from '../../../platform/events/jobs/failures.js';
import type { Clocked } from '../../../platform/events/reaction.js';
import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { spokenLocale } from '../../../platform/i18n/spoken.js';
import { linkToken } from '../../../platform/lib/tokens.js';
import { periodText, roleText } from '../grants/role-texts.js';
import { invitationBounced } from './end-invitation.js';
import { markSent, type invitationToMail } from './invitations.js';
import { roleFacts } from './invited-role.js';

type Invitation = NonNullable<Awaited<ReturnType<typeof invitationToMail>>>;

/** One mail of an invitation. */
interface InvitationMail {
  /** Names the occasion: the same invitation may be mailed again. */
  readonly key: string;
  /** The sentence that asks to join by a day; null: nothing is asked by a day. */
  readonly by: string | null;
}

/** What the mail says. */
interface InvitationValues {
  readonly organisation: string;
  readonly by: string | null;
  readonly until: string;
  readonly link: string;
  readonly notForMe: string;
  readonly role: string | null;
}

/** What mails an invitation. */
interface InvitingDeps extends Clocked {
  readonly baseUrl: string;
  readonly linkKey: Buffer;
  readonly t: Translate;
  readonly place: Place;
  readonly sendTo: (
    email: string,
    kind: 'invitation',
    mail: { readonly key: string; readonly values: InvitationValues },
  ) => Promise<void>;
}

/**
 * Mails an invitation. The address is unproven, so the mail names the organisation, and neither the person nor what is required of them.
 * Returns false where the address does not exist, which is kept.
 */
export async function mailInvitation(
  invitation: Invitation,
  { key, by }: InvitationMail,
  { baseUrl, linkKey, clock, t, place, sendTo }: InvitingDeps,
): Promise<boolean> {
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
    await sendTo(email, 'invitation', { key, values });
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    await invitationBounced(id, clock());
    return false;
  }
  await markSent(id, clock());
  return true;
}
