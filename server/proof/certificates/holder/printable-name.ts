/** Characters that are pictures. Unicode counts © ® ™ among them, but to a reader they are letters. */
export const PICTURE =
  /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20e3|\ufe0f/u;

/**
 * Characters that paper cannot show: controls, lone surrogates, private and unassigned characters, and direction
 * overrides, which could make a name read as another one. The two joiners are kept: Persian and Hindi spell with them.
 */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const graphemes = (text: string): string[] => Array.from(segments.segment(text), ({ segment }) => segment);

/** Letters as a reader counts them, and UTF-16 code units, which the width of the column limits. */
const MAX_LETTERS = 200;
const MAX_UNITS = 400;

/** What a typed name becomes. `leftOut`: characters that paper cannot show were removed. */
export type TypedName =
  | { readonly ok: true; readonly name: string; readonly leftOut: boolean }
  | { readonly ok: false; readonly error: 'errors.name' | 'errors.name-long' };

/**
 * A name as a certificate prints it: in NFC, with single spaces, without emoji and invisible characters, of any script,
 * 1 to 200 letters long. It needs at least one letter or digit.
 */
export function readName(typed: string): TypedName {
  const spaced = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  const bare = spaced.replace(INVISIBLE, '');
  const letters = graphemes(bare).filter(letter => !PICTURE.test(letter));
  const name = letters.join('').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return { ok: false, error: 'errors.name' };
  if (letters.length > MAX_LETTERS || name.length > MAX_UNITS)
    return { ok: false, error: 'errors.name-long' };
  return { ok: true, name, leftOut: name !== spaced };
}
