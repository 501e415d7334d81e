import { formatTime, pluralForms, type Place, type Translate } from '../../../../platform/i18n/i18n.js';

const MINUTE = 60_000;

/** Minutes as people say them: "45 minutes", "2 hours", "3 days"; a mixed length stays in minutes. */
export function lengthInWords(minutes: number, t: Translate): string {
  if (minutes % 1440 === 0) return t('limits.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return t('components.hours', { count: minutes / 60 });
  return t('components.minutes', { count: minutes });
}

/** The time left for the questions after a pause that ends at `now`; null without a limit. */
export function timeAfterPause(endsAt: number | null, now: number, t: Translate): string | null {
  if (endsAt === null) return null;
  const minutes = Math.floor(Math.max(0, endsAt - now) / MINUTE);
  return minutes === 0 ? t('pause.afterwardsLess') : t('pause.afterwards', { count: minutes });
}

/**
 * The time left in an open attempt at `now`, in words; null without a limit. Whole minutes, rounded down: a learner who
 * reads "12 minutes" has at least that. `ms` and `forms` are for the script that keeps the words up to date.
 */
export function timeLeft(deadlineAt: number | null, now: number, place: Place, t: Translate) {
  if (deadlineAt === null) return null;
  const ms = Math.max(0, deadlineAt - now);
  const minutes = Math.floor(ms / MINUTE);
  return {
    ms,
    until: t('limits.until', { time: formatTime(deadlineAt, place) }),
    left: minutes === 0 ? t('limits.lessThanOne') : t('limits.left', { count: minutes }),
    forms: pluralForms('limits.left', t, place.locale),
  };
}
