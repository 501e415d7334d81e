/** No two of these are taken for each other on paper or aloud: no 0, 1, 2, 5 or B, I, L, O, S, U, Z. Few words can be made of them. */
export const CODE_LETTERS = '346789CDFGHJKMNPQRTVWXY';

/** How many letters a code has: 8 of 23, so that among a thousand codes one guess in 78 million is right. */
export const CODE_LENGTH = 8;

/** The code as it is stored, from what somebody typed: in any case, with spaces or dashes. Null where it can be none. */
export function codeIn(typed: string, length = CODE_LENGTH): string | null {
  const code = typed.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '');
  return code.length === length && [...code].every(letter => CODE_LETTERS.includes(letter)) ? code : null;
}

/** Where anybody joins by a code. It is printed in QR codes, so it never changes. */
export const joinPath = (code: string): string => `/join/${code}`;
