import { formatDate, formatYearDay, type Translate } from '../../../platform/i18n/i18n.js';
import type { YearDay } from '../../open-badges/validity-rule.js';
import { computeExpiry, renewalWindow, type ValidityInputs } from './validity.js';

interface Words {
  readonly locale: string;
  readonly t: Translate;
}

/**
 * Why a certificate expires on its day, in one or two sentences, from what was stored at the award: "Valid until
 * 30 November 2027: 12 months from 24 November 2026, to the end of the month."
 */
export function explainExpiry(inputs: ValidityInputs, { locale, t }: Words): string {
  const { rule, previousEnd } = inputs;
  const { lastDay, from, base, timing, moved } = computeExpiry(inputs);
  const said = (day: string) => formatDate(Date.parse(day), { locale, timeZone: 'UTC' });
  const blanks = {
    date: said(lastDay),
    from: base === 'previous-end' ? t('validity.previousEnd', { date: said(from) }) : said(from),
    months: t('validity.months', { count: rule.months }),
    minimum: t('validity.months', { count: rule.minimum ?? 0 }),
    day: rule.fixedDay ? dayInYear(rule.fixedDay, locale) : '',
  };
  const way = t(`validity.${moved === null ? 'plain' : moved}`, blanks);
  const sentence = t('validity.until', { ...blanks, way });
  if (previousEnd === null || (timing !== 'early' && timing !== 'late')) return sentence;
  const { opens, closes } = renewalWindow(previousEnd, rule);
  const limit = said(timing === 'early' ? opens : closes);
  return `${sentence} ${t(`validity.${timing}`, { day: limit })}`;
}

/** "31 March". The year 2028 is a leap year, so it has every day. */
const dayInYear = ({ month, day }: YearDay, locale: string): string =>
  formatYearDay(Date.UTC(2028, month - 1, day), { locale, timeZone: 'UTC' });
