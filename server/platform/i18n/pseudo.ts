import type { Texts } from './texts.js';

/**
 * Pseudo-languages, made from English. They show what a translation will do to a page before there is one: `en-XA` has
 * accents, `en-XB` runs from right to left; both are two fifths longer and in brackets. A text without brackets did not come
 * from the text files; a text without its last bracket is cut off.
 * The tags are those of CLDR's pseudo-locales.
 */
export const PSEUDO = { 'en-XA': 'ltr', 'en-XB': 'rtl' } as const;

export type PseudoLocale = keyof typeof PSEUDO;

export const isPseudo = (locale: string): locale is PseudoLocale => Object.hasOwn(PSEUDO, locale);

/** All texts in a pseudo-language; keys stay the same, and so do the blanks in braces. */
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

/** Two letters in five are doubled, so that words grow as well as sentences: long words break a narrow column. */
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

/** Words between a right-to-left override and its end: Latin letters that behave like Arabic ones. */
const turned = (text: string): string => text.replace(/\p{L}[\p{L}\p{M}’]*/gu, word => `\u202e${word}\u202c`);
