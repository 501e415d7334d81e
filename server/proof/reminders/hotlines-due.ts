import { administratorIds } from '../../people/accounts/administrators.js';
import { library } from '../../teaching/courses/catalogue.js';
import { dueHotlines, type DueHotline } from '../../teaching/help/hotlines.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { sendNotice, type NoticeDeps } from '../../people/mails/notices.js';

/** How many days before public hotlines expire administrators are reminded. */
const STEPS = [0, 7, 30, 60] as const;

/**
 * Remind every administrator by mail of public hotlines that expire within 60 days: for each date of expiry once at 60,
 * 30, 7 and 0 days. Whoever could not be reached is reminded at the next run; the last error is thrown.
 */
export async function remindOfHotlines(deps: NoticeDeps, now: number): Promise<void> {
  const { hotlines } = await library();
  let fault: unknown = null;
  for (const notice of noticesOf(dueHotlines(hotlines, now), deps.baseUrl)) {
    for (const userId of await administratorIds()) {
      const { key, values } = notice;
      const mail = {
        kind: 'lines-due' as const,
        userId,
        organisationId: null,
        key: `${key}:${userId}`,
        values,
      };
      await sendNotice(mail, deps, now).catch((failed: unknown) => void (fault = failed));
    }
  }
  if (fault) throw fault instanceof Error ? fault : new Error('A reminder to check helplines was not sent');
}

/** One notice for each date on which hotlines expire, at the step that was reached last. */
function noticesOf(due: readonly DueHotline[], baseUrl: string) {
  return [...new Set(due.map(({ until }) => until))].map(until => {
    const lines = due.filter(each => each.until === until);
    const left = lines[0]?.daysLeft ?? 0;
    const step = STEPS.find(days => left <= days);
    const values = {
      count: lines.length,
      until: formatDate(Date.parse(until), hereIn('UTC')),
      isOver: left < 0,
      link: `${baseUrl}/admin/reporting-lines`,
    };
    return { key: `lines-due:${until}:${step}`, values };
  });
}
