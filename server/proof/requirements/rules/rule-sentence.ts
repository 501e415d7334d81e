import { formatDate, formatYearDay, type Translate } from '../../../platform/i18n/i18n.js';
import type { YearDay } from '../../open-badges/validity-rule.js';
import type { Audience, FirstDue, RenewalRule, Rule } from '../requirement-rule.js';

/** What a sentence calls units and courses, by id and slug, and the language in which it is said. */
export interface RuleWords {
  readonly t: Translate;
  readonly locale: string;
  readonly unitName: (id: string) => string;
  readonly courseTitle: (slug: string) => string;
}

/**
 * A rule as one sentence: "Cabin crew in FRA and the units below must complete “Airline and transport” within 60 days of their
 * start date, and renew it every year by the end of the month." The same wherever a requirement is shown.
 */
export const ruleSentence = (rule: Rule, words: RuleWords): string =>
  begun(
    words.t('requirements.sentence.whole', {
      who: whoIsMeant(rule.audience, words),
      what: words.t('requirements.sentence.either', {
        items: rule.courses.map(slug => quoted(words.courseTitle(slug), words)),
      }),
      first: firstDueText(rule.firstDue, words),
      renewal: renewalText(rule.renewal, words),
    }),
    words.locale,
  );

/** With a capital: jobs are kept as they were typed. */
const begun = (sentence: string, locale: string): string =>
  sentence.charAt(0).toLocaleUpperCase(locale) + sentence.slice(1);

/** The subject of the sentence: "Cabin crew in FRA and the units below tagged “night shift”". */
export function whoIsMeant(audience: Audience, { t, locale, unitName, courseTitle }: RuleWords): string {
  const { units, jobs, tags, hiredSince, holds } = audience;
  const either = (items: readonly string[]) => t('requirements.sentence.either', { items });
  const parts = [
    jobs.length > 0 ? either(jobs) : t('requirements.sentence.everybody'),
    ...(units.length > 0 ? [t('requirements.sentence.inUnits', { units: either(units.map(unitName)) })] : []),
    ...(tags.length > 0
      ? [t('requirements.sentence.tagged', { tags: either(tags.map(tag => quoted(tag, { t }))) })]
      : []),
    ...(hiredSince === null
      ? []
      : [t('requirements.sentence.hiredSince', { day: dayInText(hiredSince, locale) })]),
    ...(holds === null
      ? []
      : [t('requirements.sentence.holds', { course: quoted(courseTitle(holds), { t }) })]),
  ];
  return parts.join(' ');
}

const firstDueText = (firstDue: FirstDue, { t, locale }: RuleWords): string =>
  'on' in firstDue
    ? t('requirements.sentence.by', { day: dayInText(firstDue.on, locale) })
    : t(`requirements.sentence.after-${firstDue.after}`, { count: firstDue.days });

function renewalText(renewal: RenewalRule, { t, locale }: RuleWords): string {
  if (renewal.kind !== 'own') return t(`requirements.sentence.${renewal.kind}`);
  const { months, snap, fixedDay } = renewal.validity;
  const often =
    months === 12 ? t('requirements.sentence.yearly') : t('requirements.sentence.every', { count: months });
  if (fixedDay)
    return t('requirements.sentence.own-fixed-day', { often, day: yearDayInText(fixedDay, locale) });
  return t(`requirements.sentence.own-${snap}`, { often });
}

const yearDayInText = ({ month, day }: YearDay, locale: string): string =>
  formatYearDay(Date.UTC(2028, month - 1, day), { locale, timeZone: 'UTC' });

const quoted = (text: string, { t }: Pick<RuleWords, 't'>): string =>
  t('requirements.sentence.quoted', { text });

/** A day like "2026-11-30" in words. */
export const dayInText = (day: string, locale: string): string =>
  formatDate(Date.parse(day), { locale, timeZone: 'UTC' });
