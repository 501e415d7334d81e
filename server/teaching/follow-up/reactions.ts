import { bulk, dated } from '../../platform/events/reaction.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { mailLinks } from '../../platform/lib/signed-links.js';
import { notice } from '../../people/mails/mail-reactions.js';
import { planRefreshers, refresherToMail } from './refreshers.js';

/** Questions some time after a course: planned when it is completed, and mailed when they are due. */
export const followUpReactions = {
  'follow-up.plan-refreshers': bulk('course.completed', ({ payload }) => planRefreshers(payload.cycleId)),
  'mail.refresher': dated(
    notice('refresher.due', async ({ payload }, { send, place, baseUrl, linkKey, clock }) => {
      const due = await refresherToMail(payload.measurementId, clock());
      if (!due) return;
      const { questions, optOut } = mailLinks(baseUrl, due.id, linkKey);
      const values = { link: questions, optOut, until: formatDate(due.until, place) };
      const { id, userId, organisationId } = due;
      await send({ kind: 'refresher', userId, organisationId, key: `refresher:${id}`, values, optOut });
    }),
  ),
};
