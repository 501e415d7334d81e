import { dayOf } from '../lib/days.js';
import { formatDate, formatTime, intlTag, pluralForms, type Place, type Translate } from './i18n.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A wait as a page shows it. `components/notices/wait` writes it, and a script keeps it true. */
export interface Wait {
  /** Completes "You can try again …": "in 10 minutes", "tomorrow at 16:37, Oslo time". */
  readonly words: string;
  /** When it is over: ISO 8601, in UTC. */
  readonly datetime: string;
  /** How long it still takes (ms). */
  readonly ms: number;
  readonly forms: ReturnType<typeof formsOf>;
}

/**
 * How to say when a wait is over, as of `now` (epoch ms). Up to an hour it is counted in minutes, rounded up so that nobody
 * comes back too early; later the same day in hours with the time of day; after that by the day.
 */
export function waitUntil(until: number, now: number, place: Place, t: Translate): Wait {
  return {
    words: inWords(until, now, place, t),
    datetime: new Date(until).toISOString(),
    ms: Math.max(0, until - now),
    forms: formsOf(t, place.locale),
  };
}

function inWords(until: number, now: number, place: Place, t: Translate): string {
  const left = until - now;
  if (left <= 0) return t('wait.over');
  if (left <= HOUR) return t('wait.minutes', { count: Math.ceil(left / MINUTE) });
  const time = formatTime(until, place);
  const days = daysBetween(now, until, place.timeZone);
  if (days === 0) return t('wait.hours', { count: Math.round(left / HOUR), time });
  return days === 1 ? t('wait.tomorrow', { time }) : t('wait.on', { date: formatDate(until, place), time });
}

/** How many days of the calendar later a moment is in a zone: 0 on the same day. */
const daysBetween = (from: number, to: number, zone: string): number =>
  Math.round((Date.parse(dayOf(to, zone)) - Date.parse(dayOf(from, zone))) / (24 * HOUR));

/** All words of a wait, for a script: `#` is a count or a date, `@` a time of day, `tag` the language for `Intl`. */
const formsOf = (t: Translate, locale: string) => ({
  tag: intlTag(locale),
  over: t('wait.over'),
  minutes: pluralForms('wait.minutes', t, locale),
  hours: pluralForms('wait.hours', t, locale, { time: '@' }),
  tomorrow: t('wait.tomorrow', { time: '@' }),
  on: t('wait.on', { date: '#', time: '@' }),
});
