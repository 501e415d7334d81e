/** Signs that are pictures; © ® ™ are among them for Unicode, but are letters to a reader. */
export const PICTURE =
  /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20e3|\ufe0f/u;

/**
 * What has no form on paper: control characters, halves of characters, private and unassigned ones, and orders to run
 * the other way, which could make a name read as another. The two joiners stay: Persian and Hindi spell with them.
 */
const FORMLESS = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const graphemes = (text: string): string[] => Array.from(segments.segment(text), ({ segment }) => segment);

/** At most so many letters as a reader counts them, and as many UTF-16 code units as the tables hold. */
const MOST_LETTERS = 200;
const MOST_UNITS = 400;

/** What a typed name comes to. `leftOut`: something was taken away that no paper shows. */
export type TypedName =
  | { readonly ok: true; readonly name: string; readonly leftOut: boolean }
  | { readonly ok: false; readonly error: 'errors.name' | 'errors.name-long' };

/**
 * A name as a certificate prints it: NFC, single spaces, no emoji, nothing without a form; of any script, 1 to 200
 * letters. A name needs at least one letter or figure.
 */
export function readName(typed: string): TypedName {
  const spaced = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  const bare = spaced.replace(FORMLESS, '');
  const letters = graphemes(bare).filter(letter => !PICTURE.test(letter));
  const name = letters.join('').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return { ok: false, error: 'errors.name' };
  if (letters.length > MOST_LETTERS || name.length > MOST_UNITS)
    return { ok: false, error: 'errors.name-long' };
  return { ok: true, name, leftOut: name !== spaced };
}
