import { sha256 } from '../../../../platform/lib/tokens.js';

/** What a sample is drawn from: the seed, the SHA-256 of the sealed list, and how many people that list holds. */
export interface Drawing {
  readonly seed: string;
  readonly listSha256: string;
  readonly people: number;
}

/** Twelve hexadecimal digits stay below 2^53, and are so many more than any list has people that none is favoured by more than one in a thousand million. */
const DIGITS = 12;

/**
 * The numbers of a sample of `size` people, in the order in which they are drawn; all people where there are not more. Draw
 * 1, 2, 3 … hashes (SHA-256) the seed, the hash of the list and the number of the draw, each on a line of its own with no line
 * end after the last; its first 12 hexadecimal digits, as a number, divided by the number of people leave a remainder; the
 * remainder plus one is the number of a person. Somebody who is drawn already is passed over. Whoever holds the list and the
 * seed draws the same with `printf '%s\n%s\n%s' SEED HASH 1 | sha256sum`.
 */
export function drawSample({ seed, listSha256, people }: Drawing, size: number): number[] {
  const drawn = new Set<number>();
  for (let draw = 1; drawn.size < Math.min(size, people); draw++) {
    const digits = sha256(`${seed}\n${listSha256}\n${draw}`).slice(0, DIGITS);
    drawn.add(1 + (Number.parseInt(digits, 16) % people));
  }
  return [...drawn];
}
