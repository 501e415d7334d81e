import { formatDate, type Translate } from '../../../platform/i18n/i18n.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { RoleFacts } from './role-queries.js';

/** What is said of a role, and how: `locale` decides how a day is written. */
interface Words {
  readonly t: Translate;
  readonly locale: string;
}

/** A day such as "2027-10-01" in words. It has no zone: it is the same day wherever it is read. */
const dayText = (day: string, { locale }: Words): string =>
  formatDate(Date.parse(day), { locale, timeZone: 'UTC' });

/** A role and where it counts: `Manager · Lyon`. */
export const roleText = ({ role, unit }: Pick<RoleFacts, 'role' | 'unit'>, { t }: Pick<Words, 't'>): string =>
  t('roles.of', { role: t(`roles.role.${role}`), where: unit ?? t('roles.whole') });

/** From when until when a role counts; the last day is named, not the one after it. */
export function periodText(
  { fromDay, untilDay }: Pick<RoleFacts, 'fromDay' | 'untilDay'>,
  words: Words,
): string {
  const from = dayText(fromDay, words);
  if (untilDay === null) return words.t('roles.from', { from });
  return words.t('roles.fromUntil', { from, last: dayText(daysAfter(untilDay, -1), words) });
}

/** The last day of a role that ends on `untilDay`; null: it has ended. */
export const endText = (untilDay: string | null, words: Words): string =>
  untilDay === null
    ? words.t('roles.endedNow')
    : words.t('roles.lastDay', { last: dayText(daysAfter(untilDay, -1), words) });
