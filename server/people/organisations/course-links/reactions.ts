import { formatDate } from '../../../platform/i18n/i18n.js';
import { linkToken } from '../../../platform/lib/tokens.js';
import { notice } from '../../mails/mail-reactions.js';
import { linkToMail, markLinkSent } from './course-links.js';

/** The mail with a link for one course. */
export const courseLinkReactions = {
  'mail.course-sent': notice('course-link.sent', async ({ payload }, mailing) => {
    const { sendTo, place, baseUrl, linkKey, clock } = mailing;
    const found = await linkToMail(payload.courseLinkId, clock());
    if (!found) return;
    const { id, email, organisation, expiresAt } = found;
    const link = `${baseUrl}/sent-course?token=${linkToken(linkKey, id)}`;
    const values = { organisation, link, until: formatDate(expiresAt, place) };
    await sendTo(email, 'course-sent', { key: `course-sent:${id}`, values });
    await markLinkSent(id, clock());
  }),
};
