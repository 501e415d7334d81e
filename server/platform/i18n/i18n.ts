import i18next from 'i18next';
import { isPseudo, pseudoText, pseudoTexts } from './pseudo.js';
import { en } from './texts.js';

/** Values for the blanks of a text; `count` chooses the plural form, a list is written out by `{…, list}`. */
type Blanks = Readonly<Record<string, string | number | readonly string[]>>;

/** The text of `key` in one language. A key that does not exist comes back as it is. */
export type Translate = (key: string, blanks?: Blanks) => string;

/** The language tag and IANA time zone in which a reader sees moments. */
export interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

const texts = i18next.createInstance();

// Synchronous, and not awaited: the texts are already loaded, and some tools cannot load a module with top-level await.
void texts.init({
  initAsync: false,
  resources: { en: { translation: en } },
  fallbackLng: 'en',
  returnNull: false,
  // Templates escape; escaping twice would show "&amp;" on the page.
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});

/** The tag for `Intl`: English is British, and so are the pseudo-languages made from it. */
export const intlTag = (locale: string): string => (locale === 'en' || isPseudo(locale) ? 'en-GB' : locale);

/** The minus sign is U+2212, which is as wide as a digit and read out as "minus"; zero is never "−0". */
const numberFormat = (options: Intl.NumberFormatOptions) => (value: number, locale?: string) =>
  new Intl.NumberFormat(intlTag(locale ?? 'en'), { ...options, signDisplay: 'negative' })
    .format(value)
    .replace('-', '−');

const unit = (value: number, name: 'hour' | 'minute', locale: string): string =>
  new Intl.NumberFormat(intlTag(locale), { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);

/** Minutes as people say them: rounded to the minute up to 10, to five up to an hour, to a quarter of an hour above. */
function roundedMinutes(minutes: number): number {
  const step = minutes <= 10 ? 1 : minutes <= 60 ? 5 : 15;
  return Math.round(minutes / step) * step;
}

/** What a blank may ask for, as in `{share, percent}`. */
const FORMATS = {
  /** 0.934 is "93%". */
  percent: numberFormat({ style: 'percent' }),
  /** 0.5 is "0.50". */
  decimal: numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  /** 1284 is "1,284". */
  whole: numberFormat({ maximumFractionDigits: 0 }),
  list: (value: readonly string[], locale?: string) =>
    new Intl.ListFormat(intlTag(locale ?? 'en'), { type: 'conjunction' }).format(value),
  /** 89 minutes are "1 hour 30 minutes": rounded as people say it. */
  /** As `list`, where one is enough: "A, B or C". */
  either: (value: readonly string[], locale?: string) =>
    new Intl.ListFormat(intlTag(locale ?? 'en'), { type: 'disjunction' }).format(value),
  duration: (minutes: number, locale = 'en') => {
    const about = roundedMinutes(minutes);
    const [hours, rest] = [Math.floor(about / 60), about % 60];
    const parts = [
      ...(hours > 0 ? [unit(hours, 'hour', locale)] : []),
      ...(rest > 0 || hours === 0 ? [unit(rest, 'minute', locale)] : []),
    ];
    return isPseudo(locale) ? pseudoText(locale, parts.join(' ')) : parts.join(' ');
  },
};
for (const [name, format] of Object.entries(FORMATS)) texts.services.formatter?.add(name, format);

const translators = new Map<string, Translate>();

/** The translator of a language, made once. Texts are cached, too: finding a plural costs more than the rest of a page. */
export function translator(locale: string): Translate {
  const known = translators.get(locale);
  if (known) return known;
  if (isPseudo(locale)) texts.addResourceBundle(locale, 'translation', pseudoTexts(locale, en));
  const fixed = texts.getFixedT(locale);
  const made = new Map<string, string>();
  const translate: Translate = (key, blanks) => {
    const asked = blanks ? `${key} ${JSON.stringify(blanks)}` : key;
    const text = made.get(asked) ?? (blanks ? fixed(key, blanks) : fixed(key));
    if (made.size > 10_000) made.clear();
    made.set(asked, text);
    return text;
  };
  translators.set(locale, translate);
  return translate;
}

/**
 * Every plural form of a text by its CLDR category, with `#` for the count: for a script that counts in the browser. `blanks`
 * fills the other blanks.
 */
export const pluralForms = (
  key: string,
  t: Translate,
  locale: string,
  blanks: Blanks = {},
): Record<string, string> =>
  Object.fromEntries(
    new Intl.PluralRules(intlTag(locale))
      .resolvedOptions()
      .pluralCategories.map(category => [category, t(`${key}_${category}`, { ...blanks, count: '#' })]),
  );

/**
 * "24 November 2026": the month in words, so that nobody confuses day and month. No line breaks between the two.
 */
export function formatDate(ms: number, place: Place): string {
  return inWords(ms, place, { day: 'numeric', month: 'long', year: 'numeric' }).replace(
    / (?=.* )/g,
    NO_BREAK,
  );
}

/** "31 March": a day of every year. */
export const formatYearDay = (ms: number, place: Place): string =>
  inWords(ms, place, { day: 'numeric', month: 'long' }).replaceAll(' ', NO_BREAK);

const NO_BREAK = '\u00a0';

/** "November 2026", or "Nov" where the year is beside it. */
export const formatMonth = (ms: number, place: Place, length: 'long' | 'short'): string =>
  inWords(ms, place, length === 'long' ? { month: 'long', year: 'numeric' } : { month: 'short' });

/** "14:52, Oslo time": the time in a zone, named after its city; "14:52 UTC" where the zone has none. */
export function formatTime(ms: number, place: Place): string {
  const clock = inWords(ms, place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const city = place.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? place.timeZone;
  return translator(place.locale)(city === 'UTC' ? 'dates.utc' : 'dates.time', { clock, city });
}

/** "24 November 2026, 14:52, Oslo time": a moment (epoch ms) where it matters which. */
export const formatMoment = (ms: number, place: Place): string =>
  `${formatDate(ms, place)}, ${formatTime(ms, place)}`;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** English dates are British: "24 November 2026", not "November 24, 2026". */
function inWords(ms: number, { locale, timeZone }: Place, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${timeZone} ${Object.keys(options).join()}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone });
  formatters.set(key, formatter);
  const text = formatter.format(ms);
  return isPseudo(locale) ? pseudoText(locale, text) : text;
}
