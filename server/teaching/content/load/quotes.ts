/** After these, and any emphasis marks, a quotation mark opens. */
const OPENS = String.raw`(?<=(?:^|[\s([{“—–-])[*_]*)`;
const [OPENING, OPENING_SINGLE] = [new RegExp(`${OPENS}"`, 'gmu'), new RegExp(`${OPENS}'`, 'gmu')];

/**
 * Replaces the straight quotation marks that authors type with curly ones and apostrophes, as in the rest of the page.
 * Addresses stay unchanged.
 */
export function curlyQuotes(text: string): string {
  if (/^https?:/.test(text)) return text;
  return text.replace(OPENING, '“').replaceAll('"', '”').replace(OPENING_SINGLE, '‘').replaceAll("'", '’');
}
