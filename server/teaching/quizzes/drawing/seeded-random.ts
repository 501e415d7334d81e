import { createHash } from 'node:crypto';

const NUMBERS_PER_BLOCK = 8;
const RANGE = 2 ** 32;

/** A repeatable source of numbers. */
export interface Random {
  /** The next integer from 0 up to, not including, `limit`; each equally likely. RangeError unless 1 ≤ limit ≤ 2³². */
  below(limit: number): number;
}

/**
 * The same seed gives the same numbers for ever, on every machine: an attempt can be drawn again
 * years later and compared. Block n of the stream is SHA-256 of `<seed>:<n>` (UTF-8), read as eight
 * big-endian unsigned 32-bit numbers. A hash in counter mode is chosen over a faster generator
 * because seeds that differ by one letter give streams that share nothing.
 */
export function seededRandom(seed: string): Random {
  let position = 0;
  let block: Buffer = Buffer.alloc(0);

  function nextNumber(): number {
    const place = position % NUMBERS_PER_BLOCK;
    if (place === 0) block = hash(`${seed}:${position / NUMBERS_PER_BLOCK}`);
    position += 1;
    return block.readUInt32BE(place * 4);
  }

  return {
    below(limit) {
      if (!Number.isInteger(limit) || limit < 1 || limit > RANGE)
        throw new RangeError(`No number below ${limit}`);
      // The last, incomplete stretch of the range would favour small results: draw again.
      const fair = RANGE - (RANGE % limit);
      let number = nextNumber();
      while (number >= fair) number = nextNumber();
      return number % limit;
    },
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** A new array in random order, every order equally likely; the given one stays as it is. */
export function shuffle<T>(random: Random, values: readonly T[]): T[] {
  const rest = [...values];
  const shuffled: T[] = [];
  while (rest.length > 0) shuffled.push(...rest.splice(random.below(rest.length), 1));
  return shuffled;
}

/** One of the values. Throws RangeError when there is none. */
export function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.below(values.length)] as T;
}
