import type { Reactions } from '../events/choreography.js';
import { refresherToMail } from '../follow-up/refreshers.js';
import { formatDate } from '../i18n/i18n.js';
import { mailLinks } from '../lib/signed-links.js';
import { sendNotice } from '../notifications/notices.js';
import { isOfPractice } from '../quizzes/regrading/applying/of-practice.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about what somebody learns. */
export function learningMails(deps: ReactionDeps) {
  const { baseUrl, linkKey, clock } = deps;
  const { mail, place } = mailsWith(deps);
  return {
    'mail.refresher': async ({ payload }) => {
      const due = await refresherToMail(payload.measurementId, clock());
      if (!due) return;
      const { questions, optOut } = mailLinks(baseUrl, due.id, linkKey);
      const values = { link: questions, optOut, until: formatDate(due.until, place) };
      const { id, userId, organisationId } = due;
      const told = { kind: 'refresher', userId, organisationId, key: `refresher:${id}` } as const;
      await sendNotice({ ...told, values, optOut }, deps, clock());
    },
    'mail.result-changed': async event => {
      const { attemptId, userId, change } = event.payload;
      if (change !== 'passed' && change !== 'withdrawn') return;
      // Nothing follows from practice: its page says what was corrected, and no mail is needed.
      if (await isOfPractice(attemptId)) return;
      const link = `${baseUrl}/attempts/${attemptId}`;
      await mail('result-changed', event, userId, { link, change, date: formatDate(event.createdAt, place) });
    },
  } satisfies Partial<Reactions>;
}
