import { createHash, randomBytes, randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Crockford's base 32: no I, L, O or U, so a code can be read aloud and typed from paper. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new random id (UUID version 4). */
export const newId = (): string => randomUUID();

/**
 * A new id that sorts after those of earlier moments (UUID version 7; `now`: epoch ms): for rows that are written by the
 * thousand, so that an index grows at its end and few of its pages change.
 */
export function newOrderedId(now: number): string {
  const moment = now.toString(16).padStart(12, '0');
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The id that follows from a text that nobody can guess, always the same (UUID version 8). */
export function idFrom(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** Whether a text is a UUID in lower case, as we write them. Anything else never reaches a query. */
export const isId = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);

/** A new certificate code: 16 characters of Crockford base 32 = 80 random bits. */
export function newCode(): string {
  return Array.from(randomBytes(16), byte => CROCKFORD[byte & 31]).join('');
}

/**
 * The code as stored, from what a person typed: spaces and dashes dropped, lower case accepted, the
 * look-alikes I, L and O read as 1, 1 and 0. Null when it cannot be a code.
 */
export function normaliseCode(typed: unknown): string | null {
  const code = lettersOfCode(typed);
  return code?.length === 16 ? code : null;
}

/** The beginning of a code (4 to 16 characters), typed in the same ways. Null when no code can begin with it. */
export function codeBeginning(typed: unknown): string | null {
  const code = lettersOfCode(typed);
  return code !== null && code.length >= 4 ? code : null;
}

function lettersOfCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > 64) return null;
  const code = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  return /^[0-9A-HJKMNP-TV-Z]{1,16}$/.test(code) ? code : null;
}

/** A code in groups of four, as printed: `7K3M-9QXD-2TFA-W5HN`. */
export const displayCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
