import type { HotlineCountry, HotlineLine, Hotlines } from './types.js';

/** What stands in a text for `{{hotline.…}}`: a line of the chosen country, its emergency numbers, or plain advice. */
export type TokenValue = { text: string; line: HotlineLine | null };

/**
 * Resolves a token for a country (ISO code). A country that is unknown, or has no such line, falls back to the
 * international default; where that has no number either, the advice of its emergency note is given.
 * Null for a token that does not exist.
 */
export function resolveHotline(hotlines: Hotlines, countryCode: string, token: string): TokenValue | null {
  const fallback = hotlines.countries.find(({ code }) => code === 'INT');
  const country = hotlines.countries.find(({ code }) => code === countryCode) ?? fallback;
  if (!country || !fallback) return null;
  if (token === 'hotline.emergency') return { text: emergency(country), line: null };
  const label =
    token === 'hotline.primary' ? 'hotline' : token === 'hotline.child' ? 'child-helpline' : undefined;
  if (!label) return null;
  const line = find(country, label) ?? find(fallback, label);
  return line ? { text: wording(line), line } : { text: emergency(country), line: null };
}

const find = ({ lines }: HotlineCountry, label: HotlineLine['label']): HotlineLine | undefined =>
  lines.find(line => line.label === label);

const emergency = ({ emergency: { numbers, note } }: HotlineCountry): string =>
  numbers.length > 0 ? numbers.join(' or ') : note;

const wording = ({ name, phone }: HotlineLine): string => (phone === null ? name : `${name}, ${phone}`);
