/**
 * Languages that nobody speaks, made from English. They show what a translation will do to a page, before there is one:
 * `en-XA` has accents, and runs the other way, from right to left, in `en-XB`; both are longer by two fifths and stand in
 * brackets. A text without them did not come from the texts; a text without its last bracket is cut off.
 * The tags are those of CLDR's pseudo-locales.
 */
export const PSEUDO = { 'en-XA': 'ltr', 'en-XB': 'rtl' } as const;

export type PseudoLocale = keyof typeof PSEUDO;

export const isPseudo = (locale: string): locale is PseudoLocale => Object.hasOwn(PSEUDO, locale);

type Texts = { readonly [key: string]: string | Texts };

/** All texts of a language as the pseudo-language has them; keys stay, and so do the blanks in braces. */
export function pseudoTexts(locale: PseudoLocale, texts: Texts): Texts {
  const made = Object.entries(texts).map(([key, text]) => [
    key,
    typeof text === 'string' ? pseudoText(locale, text) : pseudoTexts(locale, text),
  ]);
  return Object.fromEntries(made) as Texts;
}

/** One text, for example `⟦Šaavvêê {ňaammêê}⟧` without the accents in the blank. */
export function pseudoText(locale: PseudoLocale, text: string): string {
  const change = locale === 'en-XA' ? accented : turned;
  const made = text.split(/(\{[^}]*\})/).map((part, at) => (at % 2 === 1 ? part : change(longer(part))));
  return `⟦${made.join('')}⟧`;
}

/** Two letters in five come twice, so that words grow as well as sentences: long words are what breaks a narrow column. */
function longer(text: string): string {
  let owed = 0;
  return text.replace(/[a-z]/gi, letter => {
    owed += 2;
    if (owed < 5) return letter;
    owed -= 5;
    return letter + letter.toLowerCase();
  });
}

const PLAIN = 'aceinosuyzACEINOSUYZ';
const ACCENTED = 'åçéîñöšûýžÅÇÉÎÑÖŠÛÝŽ';

const accented = (text: string): string =>
  text.replace(/[a-z]/gi, letter => ACCENTED[PLAIN.indexOf(letter)] ?? letter);

/** Between a right-to-left override and its end: Latin letters that behave as Arabic ones do. */
const turned = (text: string): string => text.replace(/\p{L}[\p{L}\p{M}’]*/gu, word => `\u202e${word}\u202c`);
