/** Behind these, and any signs of emphasis, a mark opens. */
const OPENS = String.raw`(?<=(?:^|[\s([{“—–-])[*_]*)`;
const [OPENING, OPENING_SINGLE] = [new RegExp(`${OPENS}"`, 'gmu'), new RegExp(`${OPENS}'`, 'gmu')];

/**
 * Authors type the straight marks of a keyboard; readers get quotation marks that open and close, and apostrophes, as in
 * the rest of the page. An address stays as it is.
 */
export function curlyQuotes(text: string): string {
  if (/^https?:/.test(text)) return text;
  return text.replace(OPENING, '“').replaceAll('"', '”').replace(OPENING_SINGLE, '‘').replaceAll("'", '’');
}
