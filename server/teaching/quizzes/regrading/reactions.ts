import { bulk, type Clocked } from '../../../platform/events/reaction.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { notice } from '../../../people/mails/mail-reactions.js';
import { applyRegrade } from './applying/apply.js';
import { isOfPractice } from './applying/of-practice.js';

/** A ruling on a question: grades its attempts again, and mails people what that changed. */
export const regradingReactions = {
  'quizzes.regrade': bulk('item.ruled', ({ payload, id }, { clock }: Clocked) =>
    applyRegrade(payload.regradeId, id, clock()),
  ),
  'mail.result-changed': notice('attempt.regraded', async (event, { mail, place, baseUrl }) => {
    const { attemptId, userId, change } = event.payload;
    if (change !== 'passed' && change !== 'withdrawn') return;
    // Nothing follows from practice: its page says what was corrected, and no mail is needed.
    if (await isOfPractice(attemptId)) return;
    const link = `${baseUrl}/attempts/${attemptId}`;
    await mail('result-changed', event, userId, { link, change, date: formatDate(event.createdAt, place) });
  }),
};
