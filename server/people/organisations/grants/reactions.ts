import { spokenLocale } from '../../../platform/i18n/spoken.js';
import { notice } from '../../mails/mail-reactions.js';
import { findRole } from './role-queries.js';
import { endText, periodText, roleText } from './role-texts.js';

/** Mails about a role: to the person who gets it, and when it ends. */
export const roleReactions = {
  'mail.role-given': notice('grant.made', async (event, { mail, t, baseUrl }) => {
    const role = await findRole(event.payload.grantId);
    if (!role) return;
    const { organisation } = role;
    const texts = { role: roleText(role, { t }), period: periodText(role, { t, locale: spokenLocale() }) };
    await mail('role-given', event, role.userId, { organisation, ...texts, link: `${baseUrl}/roles` });
  }),
  'mail.role-ended': notice('grant.ended', async (event, { mail, t, baseUrl }) => {
    const role = await findRole(event.payload.grantId);
    if (!role) return;
    const { organisation } = role;
    const end = endText(event.payload.untilDay, { t, locale: spokenLocale() });
    const values = { organisation, role: roleText(role, { t }), end, link: `${baseUrl}/roles` };
    await mail('role-ended', event, role.userId, values);
  }),
};
