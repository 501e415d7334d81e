/** The time zones that a form offers: those that this computer knows, and UTC. */
const TIME_ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter(
  (zone, at, all) => all.indexOf(zone) === at,
);

/** Whether dates can be reckoned in a time zone, also under a name that no form offers (`Asia/Calcutta`). */
export function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes that name no country: unions, reserved and private ones. */
const NO_COUNTRY = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
]);
const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The codes of all countries (ISO 3166-1, two letters), without those that were replaced by another (DD). */
export const COUNTRIES: readonly string[] = LETTERS.flatMap(first =>
  LETTERS.map(second => first + second),
).filter(code => !NO_COUNTRY.has(code) && english.of(code) !== undefined && isCurrent(code));

function isCurrent(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
}

/** Languages with the way in which dates and numbers are written there. */
export const LOCALES = [
  'en-GB',
  'en-US',
  'en-AU',
  'en-CA',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-ZA',
  'ar',
  'de-AT',
  'de-CH',
  'de-DE',
  'es-ES',
  'es-MX',
  'fr-CA',
  'fr-CH',
  'fr-FR',
  'hi-IN',
  'it-IT',
  'ja-JP',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sv-SE',
  'th-TH',
  'tr-TR',
  'uk-UA',
  'vi-VN',
] as const;

/** Countries by name, for a form in this language. */
export const countryOptions = (locale: string) => {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return COUNTRIES.map(value => ({ value, label: names.of(value) ?? value })).sort((a, b) =>
    a.label.localeCompare(b.label, locale),
  );
};

/** Languages by name, for a form in this language. */
export const localeOptions = (locale: string) => {
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return LOCALES.map(value => ({ value, label: names.of(value) ?? value }));
};

export const timeZoneOptions = () => TIME_ZONES.map(value => ({ value, label: value.replaceAll('_', ' ') }));
