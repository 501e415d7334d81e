import type { Config } from '../../config.js';
import { failingLanes } from '../../platform/events/jobs/job-lanes.js';
import { unfinishedIn, workFigures } from '../../platform/events/jobs/work-figures.js';
import { schedulerState } from '../../platform/events/jobs/work-state.js';
import { formatMoment } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import type { Warning, WarningContext } from './warning-source.js';

/** Nothing that the clock asks for is begun any more: reminders, status lists, tries that run out. */
export async function schedulerStopped({ config, now }: WarningContext): Promise<Warning[]> {
  const { isStopped, lastRunAt } = await schedulerState(now);
  if (!isStopped || lastRunAt === null) return [];
  const since = spoken('admin.warnings.mailAwaySince', { moment: momentIn(config, lastRunAt) });
  const link = { href: '/admin/jobs', text: spoken('admin.warnings.seeJobs') };
  const more = [since, spoken('admin.warnings.schedulerMore')];
  return [{ key: 'scheduler-stopped', text: spoken('admin.warnings.scheduler'), more, link }];
}

/** Shown from the first failure on: until mail is sent again nobody can confirm an address or choose a new password. */
export async function mailInTrouble({ config, now }: WarningContext): Promise<Warning[]> {
  const [lanes, figures] = await Promise.all([failingLanes(), workFigures('mail', now)]);
  const away = lanes.find(({ name }) => name === 'mail');
  const link = { href: '/admin/jobs?kind=mail', text: spoken('admin.warnings.seeMail') };
  if (away) {
    const count = await unfinishedIn('mail');
    const more = [
      spoken('admin.warnings.mailAwaySince', { moment: momentIn(config, away.failingSince) }),
      // What met the fault may have been given up since.
      ...(count > 0 ? [spoken('admin.warnings.mailWaiting', { count })] : []),
      spoken('admin.warnings.lastReason', { reason: away.lastError }),
    ];
    return [{ key: 'mail-away', text: spoken('admin.warnings.mailAway'), more, link }];
  }
  const { retrying, since, failed, failedSince, late } = figures;
  return [
    ...counted('mail-failing', 'admin.warnings.mailFailing', retrying, {
      link,
      more: sinceIn(config, since),
    }),
    ...counted('mail-refused', 'admin.warnings.mailRefused', failed, {
      link,
      more: sinceIn(config, failedSince),
    }),
    ...counted('mail-late', 'admin.warnings.late', late, { link }),
  ];
}

export async function workInTrouble({ config, now }: WarningContext): Promise<Warning[]> {
  const { retrying, since, failed, failedSince, late } = await workFigures('other', now);
  const link = { href: '/admin/jobs', text: spoken('admin.warnings.seeJobs') };
  return [
    ...counted('work-failing', 'admin.warnings.failing', retrying, { link, more: sinceIn(config, since) }),
    ...counted('work-stopped', 'admin.warnings.stopped', failed, {
      link,
      more: sinceIn(config, failedSince),
    }),
    ...counted('work-late', 'admin.warnings.late', late, { link }),
  ];
}

const sinceIn = (config: Config, since: number | null): string[] =>
  since === null ? [] : [spoken('admin.warnings.failingSince', { moment: momentIn(config, Number(since)) })];

const counted = (
  key: string,
  text: string,
  count: number,
  beside: Pick<Warning, 'link' | 'more'>,
): Warning[] => (count > 0 ? [{ key, text: spoken(text, { count }), ...beside }] : []);

export function momentIn({ timeZone }: Config, ms: number): string {
  const place = hereIn(timeZone);
  return formatMoment(ms, place);
}
