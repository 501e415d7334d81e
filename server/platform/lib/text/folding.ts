/** Letters that Unicode does not decompose, and what people without such a key type instead. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};
const UNDECOMPOSED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** The words of a name without accents, in lower case: `Łukasz O’Brien-Müller` is `lukasz`, `o`, `brien`, `muller`. */
export const foldedWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(UNDECOMPOSED, letter => PLAIN[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');

/**
 * A text as it is compared with others: `Cabin  CREW` and `cabin-crew` are one. Where nothing but signs stands in it, the text itself
 * without spaces around it.
 */
export const foldedText = (text: string): string => foldedWords(text).join(' ') || text.trim();

/** Names that differ in case, accents, signs and the order of their words are the same. */
export const foldedName = (name: string): string => foldedWords(name).sort().join(' ') || name;
