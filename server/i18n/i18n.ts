import i18next from 'i18next';
import en from './en.json' with { type: 'json' };

/** Values for the blanks of a text; `count` chooses the plural form. */
type Blanks = Readonly<Record<string, string | number>>;

/** The text of `key` in one language. A key that does not exist comes back as it is. */
export type Translate = (key: string, blanks?: Blanks) => string;

/** A moment as people of one place see it: language tag and IANA time zone. */
export interface Place {
  readonly locale: string;
  readonly timeZone: string;
}

const texts = i18next.createInstance();

// At once, and not awaited: the texts are here, and a module that waits at its top cannot be loaded by every tool.
void texts.init({
  initAsync: false,
  resources: { en: { translation: en } },
  fallbackLng: 'en',
  returnNull: false,
  // The templates escape; twice would show "&amp;" on the page.
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});

const translators = new Map<string, Translate>();

/** The translator of a language, made once. So is each text: finding a plural costs more than a page's other work. */
export function translator(locale: string): Translate {
  const known = translators.get(locale);
  if (known) return known;
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

/** "24 November 2026": the month in words, so that no one reads day and month the other way round. */
export function formatDate(ms: number, place: Place): string {
  return formatter(place, { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** "14:52, Oslo time": the clock of a place, named by the city of its zone. */
export function formatTime(ms: number, place: Place): string {
  const clock = formatter(place, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
  const city = place.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? place.timeZone;
  return translator(place.locale)('dates.time', { clock, city });
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** English dates are British: "24 November 2026", not "November 24, 2026". */
function formatter({ locale, timeZone }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.keys(options).join()}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}
